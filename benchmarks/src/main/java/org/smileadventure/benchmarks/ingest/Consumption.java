package org.smileadventure.benchmarks.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;

/** How a consumer works off a topic, seen from the offsets that it commits. */
final class Consumption {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration REPORT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final EventTopic topic;
  private final String group;
  private final ProcessHandle consumer;
  private final Path log;

  Consumption(EventTopic topic, String group, ProcessHandle consumer, Path log) {
    this.topic = topic;
    this.group = group;
    this.consumer = consumer;
    this.log = log;
  }

  /** So many records had been committed at this moment. */
  record Reading(long records, long nanos) {}

  /** Returns when all is committed that the topic holds. */
  Reading awaitAll() {
    return await(() -> topic.isConsumedBy(group));
  }

  /** Returns when at least so many records are committed. */
  Reading await(long records) {
    return await(() -> topic.consumedBy(group) >= records);
  }

  private Reading await(BooleanSupplier done) {
    var first = read();
    var last = first;
    var advanced = first.nanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - last.nanos() > REPORT.toNanos()) {
        var now = read();
        System.out.printf("    %,d committed (%,.0f/s)%n", now.records(), perSecond(last, now));
        if (now.records() > last.records()) {
          advanced = now.nanos();
        }
        last = now;
      }
      if (!consumer.isAlive()) {
        throw new BenchmarkFailure(group + " has ended before its time; see " + log);
      }
      if (System.nanoTime() - advanced > PATIENCE.toNanos()) {
        throw new BenchmarkFailure(
            "%s has committed nothing for %d s; see %s"
                .formatted(group, PATIENCE.toSeconds(), log));
      }
      Clock.pause(POLL);
    }
    return read();
  }

  private Reading read() {
    return new Reading(topic.consumedBy(group), System.nanoTime());
  }

  static double perSecond(Reading from, Reading to) {
    return (to.records() - from.records()) / seconds(from, to);
  }

  static double seconds(Reading from, Reading to) {
    return (to.nanos() - from.nanos()) / 1e9;
  }
}
