/** Who has an account, and which professional may see which child. */
@NullMarked
package org.smileadventure.web.operations.people;

import org.jspecify.annotations.NullMarked;
