package org.smileadventure.web.operations.ingest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be stored.
 *
 * @param events that wait
 * @param seconds for which the oldest of them has waited; null: Kafka does not tell
 * @param producedPerSecond by all devices; null before the second measurement, as consumedPerSecond
 */
public record Backlog(
    String topic,
    String group,
    Instant measuredAt,
    @Nullable Long events,
    @Nullable Double seconds,
    @Nullable Double producedPerSecond,
    @Nullable Double consumedPerSecond,
    List<Partition> partitions) {

  /**
   * A partition of the topic.
   *
   * @param committedOffset null: nothing of it was taken yet
   */
  public record Partition(
      int partition,
      @Nullable Long firstOffset,
      @Nullable Long committedOffset,
      @Nullable Long endOffset,
      @Nullable Long lag) {}
}
