/** The whole system with several of everything, while parts of it are killed. */
@NullMarked
package org.smileadventure.demo.fleet;

import org.jspecify.annotations.NullMarked;
