/** Where an event is. */
@NullMarked
package org.smileadventure.web.operations.find;

import org.jspecify.annotations.NullMarked;
