/** A child's sessions: all of them, and one from beginning to end. */
@NullMarked
package org.smileadventure.web.sessions;

import org.jspecify.annotations.NullMarked;
