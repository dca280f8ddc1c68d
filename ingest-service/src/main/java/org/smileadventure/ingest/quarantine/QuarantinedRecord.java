package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A record in quarantine, without what it says.
 *
 * @param id its place in the quarantine
 * @param reason as in {@link org.smileadventure.common.event.Rejection#wireName}
 * @param origin topic, partition and offset where it first came from
 * @param bytes size of its value; 0 if it came without one
 * @param valueKept false if the value was too large to be set aside, and is to be found only where
 *     the record came from, for as long as that topic keeps it
 * @param attempts how often it was refused
 * @param replayedAt null: not yet
 */
record QuarantinedRecord(
    long id,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String firstSeen,
    Instant setAsideAt,
    @Nullable String origin,
    long bytes,
    boolean valueKept,
    int attempts,
    @Nullable Instant replayedAt) {

  static QuarantinedRecord of(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var headers = kafkaRecord.headers();
    var valueBytes = QuarantineHeaders.text(headers, QuarantineHeaders.VALUE_BYTES);
    var value = kafkaRecord.value();
    return new QuarantinedRecord(
        kafkaRecord.offset(),
        QuarantineHeaders.text(headers, QuarantineHeaders.REASON),
        QuarantineHeaders.text(headers, QuarantineHeaders.DETAIL),
        QuarantineHeaders.text(headers, QuarantineHeaders.FIRST_SEEN),
        Instant.ofEpochMilli(kafkaRecord.timestamp()),
        QuarantineHeaders.text(headers, QuarantineHeaders.ORIGIN),
        valueBytes != null ? Long.parseLong(valueBytes) : value == null ? 0 : value.length,
        valueBytes == null,
        Integer.parseInt(
            Objects.requireNonNullElse(
                QuarantineHeaders.text(headers, QuarantineHeaders.ATTEMPTS), "1")),
        null);
  }

  QuarantinedRecord replayed(@Nullable Instant at) {
    return new QuarantinedRecord(
        id, reason, detail, firstSeen, setAsideAt, origin, bytes, valueKept, attempts, at);
  }

  /** Whether the value was too large to be set aside. */
  static boolean isWithoutItsValue(ConsumerRecord<?, ?> kafkaRecord) {
    return QuarantineHeaders.has(kafkaRecord.headers(), QuarantineHeaders.VALUE_BYTES);
  }

  /** The key with which it came. */
  static byte @Nullable [] originalKey(ConsumerRecord<?, ?> kafkaRecord) {
    var header = kafkaRecord.headers().lastHeader(QuarantineHeaders.KEY);
    return header == null ? null : header.value();
  }

  /** The value with which it came; null also if that was too large to be kept. */
  static byte @Nullable [] originalValue(ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var headers = kafkaRecord.headers();
    return QuarantineHeaders.has(headers, QuarantineHeaders.NO_VALUE)
            || QuarantineHeaders.has(headers, QuarantineHeaders.VALUE_BYTES)
        ? null
        : kafkaRecord.value();
  }

  /** The record that the listener would get, under the id that it has here. */
  static ConsumerRecord<byte[], byte @Nullable []> asItCame(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    var headers = QuarantineHeaders.withoutOurs(kafkaRecord.headers());
    var key = originalKey(kafkaRecord);
    var value = originalValue(kafkaRecord);
    return new ConsumerRecord<byte[], byte @Nullable []>(
        kafkaRecord.topic(),
        kafkaRecord.partition(),
        kafkaRecord.offset(),
        kafkaRecord.timestamp(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        headers,
        Optional.empty());
  }

  /**
   * Bytes, as text where they are UTF-8, else in Base64; both null where there is nothing.
   *
   * @param name of a header; null for the value
   */
  record Content(@Nullable String name, @Nullable String text, @Nullable String base64) {
    static Content of(byte @Nullable [] bytes) {
      return of(null, bytes);
    }

    static Content of(@Nullable String name, byte @Nullable [] bytes) {
      if (bytes == null) {
        return new Content(name, null, null);
      }
      try {
        return new Content(
            name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), null);
      } catch (CharacterCodingException _) {
        return new Content(name, null, Base64.getEncoder().encodeToString(bytes));
      }
    }

    @Nullable String shown() {
      return text != null ? text : base64;
    }
  }

  /** The same with what it says, as it came. */
  record Whole(
      QuarantinedRecord quarantined, @Nullable String key, List<Content> headers, Content value) {
    static Whole of(
        ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, @Nullable Instant replayedAt) {
      var headers = new ArrayList<Content>();
      for (var header : kafkaRecord.headers()) {
        if (!QuarantineHeaders.isOurs(header.key())) {
          headers.add(Content.of(header.key(), header.value()));
        }
      }
      return new Whole(
          QuarantinedRecord.of(kafkaRecord).replayed(replayedAt),
          Content.of(originalKey(kafkaRecord)).shown(),
          headers,
          Content.of(originalValue(kafkaRecord)));
    }
  }
}
