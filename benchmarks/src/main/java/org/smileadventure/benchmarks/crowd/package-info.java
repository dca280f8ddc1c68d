/**
 * What many requests at once do to query-api. {@link org.smileadventure.benchmarks.crowd.Crowd} is
 * the way in.
 */
package org.smileadventure.benchmarks.crowd;
