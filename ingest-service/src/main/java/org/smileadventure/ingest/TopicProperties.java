package org.smileadventure.ingest;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long topics keep what they have. Kafka deletes and compacts whole segments, none that is
 * still written to, so each begins a new one {@value #SEGMENTS} times in that time.
 *
 * @param erasures where erasures are announced; kept for ever
 * @param eventsKept how long an event is kept that is stored, or set aside
 * @param quarantineKept how long a record is kept that was set aside
 * @param compactedWithin within what time a record of the quarantine is gone that was deleted
 */
@Validated
@ConfigurationProperties("smile.topics")
public record TopicProperties(
    @DefaultValue("smile-erasures") @NotBlank String erasures,
    @DefaultValue("72h") @DurationMin(seconds = 1) Duration eventsKept,
    @DefaultValue("30d") @DurationMin(seconds = 1) Duration quarantineKept,
    @DefaultValue("1d") @DurationMin(seconds = 1) Duration compactedWithin) {
  private static final int SEGMENTS = 6;

  /** A record's time may be an hour ahead, and Kafka looks now and then what is too old. */
  private static final Duration DELAY = Duration.ofHours(2);

  /** After what time a topic that keeps something so long begins a new segment. */
  public static Duration segment(Duration kept) {
    return kept.dividedBy(SEGMENTS);
  }

  /** After what time Kafka has deleted an event, if it runs. */
  public Duration eventsGone() {
    return eventsKept.plus(segment(eventsKept)).plus(DELAY);
  }

  /** After what time Kafka has compacted away a record of the quarantine that was deleted. */
  public Duration deletedGone() {
    return compactedWithin.plus(segment(compactedWithin)).plus(DELAY);
  }

  /** After what time any record of the quarantine is gone: it is deleted when it is too old. */
  public Duration quarantineGone() {
    return quarantineKept.plus(segment(compactedWithin)).plus(deletedGone());
  }
}
