/**
 * Deletes what has been kept for as long as {@code retention_policy} says. {@link
 * org.smileadventure.batch.retention.RetentionStep} is the way in; what a class is, and how it
 * goes, is a {@link org.smileadventure.batch.retention.Rule}.
 */
package org.smileadventure.batch.retention;
