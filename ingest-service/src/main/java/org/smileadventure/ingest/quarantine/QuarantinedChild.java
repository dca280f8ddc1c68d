package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.ingest.TopicProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes what was set aside of a child, or is too old. Kafka has it gone with its next compaction.
 */
@Component
public class QuarantinedChild {
  private static final Logger log = LoggerFactory.getLogger(QuarantinedChild.class);

  private final QuarantineLog records;
  private final Quarantine quarantine;
  private final Duration kept;
  private final InstantSource clock;

  QuarantinedChild(
      QuarantineLog records, Quarantine quarantine, TopicProperties topics, InstantSource clock) {
    this.records = records;
    this.quarantine = quarantine;
    this.kept = topics.quarantineKept();
    this.clock = clock;
  }

  /** Returns when Kafka has acknowledged it. */
  public void delete(ChildId child) {
    delete(records.keysOf(child));
  }

  private void delete(Set<String> keys) {
    quarantine.delete(keys.stream().map(key -> key.getBytes(UTF_8)).toList());
  }

  /**
   * Deletes what is too old. Kafka would only do so by segments, and when it compacts them it puts
   * old records beside new ones.
   *
   * <p>It compacts no segment that is written to, and begins a new one only for a record: without
   * one the last segment would be kept as it is.
   */
  @Scheduled(
      fixedDelayString = "#{@quarantineSegment.toString()}",
      initialDelayString = "#{@quarantineSegment.toString()}")
  void deleteOld() {
    try {
      delete(records.keysBefore(clock.instant().minus(kept)));
      quarantine.delete(List.of(QuarantineKey.OF_NOTHING));
    } catch (RuntimeException e) {
      log.warn("nothing old was deleted from the quarantine: {}", e.getClass().getSimpleName());
    }
  }
}
