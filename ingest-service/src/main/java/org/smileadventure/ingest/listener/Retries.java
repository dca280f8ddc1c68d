package org.smileadventure.ingest.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What came of the earlier tries of batches that are tried again. Thread-safe. */
final class Retries {
  private static final int MANY = 3;

  private final Map<String, Tries> failed = new ConcurrentHashMap<>();

  /**
   * The tries of one batch.
   *
   * @param stored how many events they have stored before they failed
   */
  record Tries(int failures, int stored) {
    private static final Tries NONE = new Tries(0, 0);

    boolean areMany() {
      return failures >= MANY;
    }
  }

  Tries of(List<? extends ConsumerRecord<?, ?>> batch) {
    return failed.getOrDefault(name(batch), Tries.NONE);
  }

  void failed(List<? extends ConsumerRecord<?, ?>> batch, int stored) {
    failed.put(name(batch), new Tries(of(batch).failures() + 1, stored));
  }

  void through(List<? extends ConsumerRecord<?, ?>> batch) {
    failed.remove(name(batch));
  }

  /** A batch that is tried again begins where it began. */
  private static String name(List<? extends ConsumerRecord<?, ?>> batch) {
    var first = batch.getFirst();
    return first.topic() + "/" + first.partition() + "/" + first.offset();
  }
}
