/**
 * Packs the events of sessions that are over: a row of compressed bytes takes the place of their
 * rows. {@link org.smileadventure.batch.pack.PackSteps} is the way in. How events are packed is
 * known to {@link org.smileadventure.common.event.EventChunk} alone.
 */
package org.smileadventure.batch.pack;
