package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes what was set aside of a child. Kafka has it gone with its next compaction. */
@Component
public class QuarantinedChild {
  private static final Logger log = LoggerFactory.getLogger(QuarantinedChild.class);

  private final QuarantineLog records;
  private final Quarantine quarantine;

  QuarantinedChild(QuarantineLog records, Quarantine quarantine) {
    this.records = records;
    this.quarantine = quarantine;
  }

  /** Returns when Kafka has acknowledged it. */
  public void delete(ChildId child) {
    quarantine.delete(records.keysOf(child).stream().map(key -> key.getBytes(UTF_8)).toList());
  }

  /**
   * Kafka compacts no segment that is written to, and begins a new one only for a record: without
   * one the last segment would be kept as it is.
   */
  @Scheduled(
      fixedDelayString = "#{@quarantineSegment.toString()}",
      initialDelayString = "#{@quarantineSegment.toString()}")
  void beginSegment() {
    try {
      quarantine.delete(List.of(QuarantineKey.OF_NOTHING));
    } catch (RuntimeException e) {
      log.warn("no segment of the quarantine was begun: {}", e.getClass().getSimpleName());
    }
  }
}
