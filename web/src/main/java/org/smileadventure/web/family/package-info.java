/** What guardians decide about a child, and are told about who else sees it. */
@NullMarked
package org.smileadventure.web.family;

import org.jspecify.annotations.NullMarked;
