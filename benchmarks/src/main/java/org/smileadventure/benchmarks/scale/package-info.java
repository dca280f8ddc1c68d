/**
 * What a child, an event and an answer cost, at sizes that double. {@link
 * org.smileadventure.benchmarks.scale.ScaleCost} is the way in.
 */
package org.smileadventure.benchmarks.scale;
