package org.smileadventure.batch.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a step of a run, most about a range of children.
 *
 * @param partition its name within the step
 * @param status as Spring Batch names it
 * @param done items, as the step has them; what it did before a restart is not among them
 * @param planned how many it will be; null if nobody knows before
 * @param failure why it failed, in one line; null if it did not
 */
record Partition(
    long id,
    String step,
    String partition,
    String status,
    long done,
    @Nullable Long planned,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String failure) {}
