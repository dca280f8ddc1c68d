package org.smileadventure.ingest.quarantine;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;

/**
 * Which records are meant.
 *
 * @param reason null: of any
 * @param since set aside at that time or later; null: at any
 */
record Selection(@Nullable Rejection reason, @Nullable Instant since) {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * @throws BadParameterException if there is no such reason, or the time is none of Kafka's
   */
  static Selection of(@Nullable String reason, @Nullable Instant since) {
    if (since != null && (since.isBefore(EARLIEST) || since.isAfter(LATEST))) {
      throw new BadParameterException("since", "a time from 1970 to 9999", since.toString());
    }
    return new Selection(reason == null ? null : reason(reason), since);
  }

  private static Rejection reason(String name) {
    return Arrays.stream(Rejection.values())
        .filter(reason -> reason.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "reason",
                    Arrays.stream(Rejection.values())
                        .map(Rejection::wireName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    name));
  }

  /**
   * Where a reading begins.
   *
   * @param cursor where it goes on; null at its begin
   */
  Position from(@Nullable String cursor, QuarantineLog quarantine) {
    if (cursor != null) {
      return Position.of(cursor);
    }
    return since == null ? Position.START : quarantine.since(since);
  }

  /** Records before {@link #from} have been left out already, but for those with an odd clock. */
  boolean has(ConsumerRecord<?, ?> kafkaRecord) {
    return (reason == null || reason.wireName().equals(reasonOf(kafkaRecord)))
        && (since == null || kafkaRecord.timestamp() >= since.toEpochMilli());
  }

  static @Nullable String reasonOf(ConsumerRecord<?, ?> kafkaRecord) {
    return QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.REASON);
  }
}
