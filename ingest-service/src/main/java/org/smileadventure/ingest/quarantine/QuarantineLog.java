package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.Deadline;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.LoneConsumers;
import org.smileadventure.ingest.store.KeptNowhere;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Reads the quarantine, which has one partition: the id of a record is its offset. What was
 * deleted, or is of a child of whom nothing may be kept, is not shown, though Kafka may have it
 * still.
 */
@Component
class QuarantineLog {
  static final int PARTITION = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopicPartition partition;
  private final LoneConsumers consumers;
  private final KafkaAdmin admin;
  private final KeptNowhere keptNowhere;

  QuarantineLog(
      LoneConsumers consumers,
      KafkaAdmin admin,
      KeptNowhere keptNowhere,
      IngestProperties properties) {
    partition = new TopicPartition(properties.quarantineTopic(), PARTITION);
    this.consumers = consumers;
    this.admin = admin;
    this.keptNowhere = keptNowhere;
  }

  /**
   * Where a reading goes on, and where all of it ends: what comes in meanwhile, perhaps because of
   * what was read, is not for this one.
   */
  record Position(long next, long end) {
    static final Position START = new Position(0, Long.MAX_VALUE);

    /**
     * Where the page goes on that an answer has named.
     *
     * @throws BadParameterException if no answer could have
     */
    static Position of(String cursor) {
      if (!cursor.matches("[0-9]{1,18}-[0-9]{1,18}")) {
        throw new BadParameterException("cursor", "the next_cursor of an answer", cursor);
      }
      var numbers = cursor.split("-", -1);
      return new Position(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    /** Null at the end. */
    @Nullable String cursor() {
      return atEnd() ? null : next + "-" + end;
    }

    boolean atEnd() {
      return next >= end;
    }
  }

  /**
   * The records there are now, or the newest of them.
   *
   * @param all whether there are none before these
   */
  record Newest(Position position, boolean all) {}

  /** The newest records, not more than so many. */
  Newest newest(int most) {
    return newest(most, Deadline.in(PATIENCE));
  }

  Newest newest(int most, Deadline deadline) {
    try (var consumer = consumers.open(Map.of())) {
      var end = ours(consumer.endOffsets(List.of(partition), deadline.left()));
      long begin = ours(consumer.beginningOffsets(List.of(partition), deadline.left()));
      var from = Math.max(begin, end - most);
      return new Newest(new Position(from, end), from == begin);
    }
  }

  /** The records there are now, from the first that Kafka got at that time or later. */
  Position since(Instant time) {
    try (var consumer = consumers.open(Map.of())) {
      var end = ours(consumer.endOffsets(List.of(partition), PATIENCE));
      var first =
          consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli()), PATIENCE).get(partition);
      return new Position(first == null ? end : first.offset(), end);
    }
  }

  /**
   * Gives records in order, as they come from Kafka, about a megabyte at a time, until the reader
   * has had enough, so many have been looked at, or the end is reached.
   *
   * @param reader takes records and tells how many of them it has used: fewer than given means it
   *     has had enough
   */
  Position read(Position from, int most, Reader reader) {
    return read(from, most, Deadline.in(PATIENCE), reader, this::shown);
  }

  /** The same with those that nobody is shown: records without a value delete earlier ones. */
  Position readAll(Position from, int most, Reader reader) {
    return readAll(from, most, Deadline.in(PATIENCE), reader);
  }

  /** The same; after that time no more is read than what Kafka has given already. */
  Position readAll(Position from, int most, Deadline deadline, Reader reader) {
    return read(from, most, deadline, reader, UnaryOperator.identity());
  }

  /** Those that may be shown. */
  List<ConsumerRecord<byte[], byte @Nullable []>> shown(
      List<ConsumerRecord<byte[], byte @Nullable []>> records) {
    var children = new HashSet<ChildId>();
    for (var kafkaRecord : records) {
      var child = QuarantineKey.child(kafkaRecord);
      if (child != null) {
        children.add(child);
      }
    }
    var nowhere = keptNowhere.among(children).keySet();
    var shown = new ArrayList<ConsumerRecord<byte[], byte @Nullable []>>(records.size());
    for (var kafkaRecord : records) {
      var child = QuarantineKey.child(kafkaRecord);
      if (kafkaRecord.value() != null && (child == null || !nowhere.contains(child))) {
        shown.add(kafkaRecord);
      }
    }
    return shown;
  }

  /** The keys of all records of a child that Kafka has and that are not deleted. */
  Set<String> keysOf(ChildId child) {
    return keys(kafkaRecord -> child.equals(QuarantineKey.child(kafkaRecord)));
  }

  /** The keys of all records that Kafka got before that time and that are not deleted. */
  Set<String> keysBefore(Instant time) {
    return keys(kafkaRecord -> kafkaRecord.timestamp() < time.toEpochMilli());
  }

  /** Of those whose last record is such a one, and not deleted. */
  private Set<String> keys(Predicate<ConsumerRecord<byte[], byte @Nullable []>> such) {
    var keys = new LinkedHashSet<String>();
    var position = Position.START;
    do {
      position =
          readAll(
              position,
              Integer.MAX_VALUE,
              records -> {
                for (var kafkaRecord : records) {
                  if (kafkaRecord.key() != null) {
                    var key = new String(kafkaRecord.key(), UTF_8);
                    if (kafkaRecord.value() != null && such.test(kafkaRecord)) {
                      keys.add(key);
                    } else {
                      keys.remove(key);
                    }
                  }
                }
                return records.size();
              });
    } while (!position.atEnd());
    return keys;
  }

  private Position read(
      Position from,
      int most,
      Deadline deadline,
      Reader reader,
      UnaryOperator<List<ConsumerRecord<byte[], byte @Nullable []>>> shown) {
    try (var consumer = consumers.open(Map.of())) {
      var end =
          Math.min(from.end(), ours(consumer.endOffsets(List.of(partition), deadline.left())));
      long begin = ours(consumer.beginningOffsets(List.of(partition), deadline.left()));
      consumer.assign(List.of(partition));
      var position = Math.max(from.next(), begin);
      consumer.seek(partition, position);
      var looked = 0;
      while (position < end && looked < most && !deadline.isOver()) {
        var records =
            consumer.poll(Duration.ofMillis(500)).records(partition).stream()
                .filter(r -> r.offset() < end)
                .limit(most - looked)
                .toList();
        var given = shown.apply(records);
        var used = reader.take(given);
        looked += records.size();
        if (used < given.size()) {
          return new Position(given.get(used).offset(), end);
        }
        position =
            records.isEmpty() ? consumer.position(partition) : records.getLast().offset() + 1;
      }
      return new Position(position, end);
    }
  }

  /** Takes records in order, and tells how many of them it has used. */
  interface Reader {
    int take(List<ConsumerRecord<byte[], byte @Nullable []>> records);
  }

  Optional<ConsumerRecord<byte[], byte @Nullable []>> find(long id) {
    var found = new AtomicReference<@Nullable ConsumerRecord<byte[], byte @Nullable []>>();
    read(
        new Position(id, Long.MAX_VALUE),
        1,
        records -> {
          records.stream().filter(r -> r.offset() == id).findFirst().ifPresent(found::set);
          return records.size();
        });
    return Optional.ofNullable(found.get());
  }

  /** The id that Kafka has given the topic; another one if the topic was made anew. */
  String id() {
    return Objects.requireNonNull(admin.describeTopics(partition.topic()).get(partition.topic()))
        .topicId()
        .toString();
  }

  private long ours(Map<TopicPartition, Long> offsets) {
    return Objects.requireNonNull(offsets.get(partition));
  }
}
