/** Whether the promises are kept, what the database holds, and which instances run. */
@NullMarked
package org.smileadventure.web.operations.state;

import org.jspecify.annotations.NullMarked;
