/**
 * What operators are told by Prometheus of the work that the jobs have left and have done. {@link
 * org.smileadventure.batch.metrics.WorkMeter} is all of it; it reads tables, and knows no job.
 */
package org.smileadventure.batch.metrics;
