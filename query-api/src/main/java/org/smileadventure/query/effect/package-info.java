/** How a child played in a phase, held against the days before it. */
package org.smileadventure.query.effect;
