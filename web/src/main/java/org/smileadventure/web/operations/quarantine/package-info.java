/** What was set aside: counted, looked at, tried, and sent again. */
@NullMarked
package org.smileadventure.web.operations.quarantine;

import org.jspecify.annotations.NullMarked;
