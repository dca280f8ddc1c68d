package org.smileadventure.ingest.find;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.ingest.Deadline;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.LoneConsumers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Looks for a record on the event topic, where it is the most likely to be first: in the partition
 * of its child, and from when its session was made. Bounded in records and in time.
 */
@Component
class TopicSearch {
  private static final int MOST = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** What comes after the search. */
  private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(2);

  /** Clocks of devices are a little wrong; one that is more than a day ahead is refused. */
  private static final Duration LITTLE = Duration.ofMinutes(10);

  private static final Duration MUCH = Duration.ofDays(1);

  private final LoneConsumers consumers;
  private final KafkaAdmin admin;
  private final String topic;
  private final String group;

  TopicSearch(
      LoneConsumers consumers,
      KafkaAdmin admin,
      IngestProperties properties,
      @Value("${spring.kafka.consumer.group-id}") String group) {
    this.consumers = consumers;
    this.admin = admin;
    this.topic = properties.topic();
    this.group = group;
  }

  /**
   * What was found.
   *
   * @param kafkaRecord null: none
   * @param complete whether it is nowhere else
   */
  record Found(@Nullable ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, boolean complete) {}

  private record Range(TopicPartition partition, long from, long to) {}

  /**
   * @param child whose it is; null: nobody knows
   * @param madeAt when its session was made by the clock of the device; null: nobody knows
   */
  Found find(
      Predicate<ConsumerRecord<byte[], byte @Nullable []>> such,
      @Nullable ChildId child,
      @Nullable Instant madeAt) {
    try (var consumer = consumers.open(Map.of())) {
      var search = new Search(consumer, such);
      for (var stage : madeAt == null ? search.newest() : search.since(madeAt, child)) {
        var found = search.in(stage);
        if (found != null) {
          return new Found(found, true);
        }
      }
      return new Found(null, search.complete);
    }
  }

  /** Whether the listener has taken a record; null if it has taken nothing of the partition. */
  @Nullable Boolean isCommitted(ConsumerRecord<?, ?> kafkaRecord) {
    try (var client = Admin.create(admin.getConfigurationProperties())) {
      var committed =
          client
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata(group)
              .get(COMMITTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
              .get(new TopicPartition(topic, kafkaRecord.partition()));
      return committed == null ? null : kafkaRecord.offset() < committed.offset();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Kafka does not tell what was taken", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private final class Search {
    private final Consumer<byte[], byte @Nullable []> consumer;
    private final Predicate<ConsumerRecord<byte[], byte @Nullable []>> such;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begin;
    private final Map<TopicPartition, Long> end;
    private final Deadline deadline = Deadline.in(PATIENCE);
    private int left = MOST;
    private boolean complete = true;

    Search(
        Consumer<byte[], byte @Nullable []> consumer,
        Predicate<ConsumerRecord<byte[], byte @Nullable []>> such) {
      this.consumer = consumer;
      this.such = such;
      partitions =
          consumer.partitionsFor(topic, deadline.left()).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      begin = consumer.beginningOffsets(partitions, deadline.left());
      end = consumer.endOffsets(partitions, deadline.left());
    }

    /** The newest records of each partition. */
    List<List<Range>> newest() {
      var ranges = new ArrayList<Range>();
      for (var partition : partitions) {
        long first = begin.getOrDefault(partition, 0L);
        long to = end.getOrDefault(partition, 0L);
        var from = Math.max(first, to - MOST / partitions.size());
        complete &= from == first;
        ranges.add(new Range(partition, from, to));
      }
      return List.of(ranges);
    }

    List<List<Range>> since(Instant madeAt, @Nullable ChildId child) {
      var likely = offsets(madeAt.minus(LITTLE));
      var first = offsets(madeAt.minus(MUCH));
      var stages = new ArrayList<List<Range>>();
      addStages(likely, end, child, stages);
      addStages(first, likely, child, stages);
      return stages;
    }

    private void addStages(
        Map<TopicPartition, Long> from,
        Map<TopicPartition, Long> to,
        @Nullable ChildId child,
        List<List<Range>> stages) {
      var usual = child == null ? null : partitionOf(child);
      var ranges =
          partitions.stream()
              .map(p -> new Range(p, from.getOrDefault(p, 0L), to.getOrDefault(p, 0L)))
              .toList();
      stages.add(ranges.stream().filter(range -> range.partition().equals(usual)).toList());
      // A game that gives its events another key is heard, too.
      stages.add(ranges.stream().filter(range -> !range.partition().equals(usual)).toList());
    }

    private TopicPartition partitionOf(ChildId child) {
      var key = child.toString().getBytes(UTF_8);
      return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions.size());
    }

    /** The first record of each partition that Kafka got at that time or later, or the next one. */
    private Map<TopicPartition, Long> offsets(Instant time) {
      var wanted = new HashMap<TopicPartition, Long>();
      partitions.forEach(partition -> wanted.put(partition, Math.max(0, time.toEpochMilli())));
      var offsets = new HashMap<>(end);
      consumer
          .offsetsForTimes(wanted, deadline.left())
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  offsets.put(partition, found.offset());
                }
              });
      return offsets;
    }

    @Nullable ConsumerRecord<byte[], byte @Nullable []> in(List<Range> stage) {
      for (int i = 0; i < stage.size(); i++) {
        var found = in(stage.get(i), left / (stage.size() - i));
        if (found != null) {
          return found;
        }
      }
      return null;
    }

    private @Nullable ConsumerRecord<byte[], byte @Nullable []> in(Range range, int most) {
      if (range.from() >= range.to()) {
        return null;
      }
      consumer.assign(List.of(range.partition()));
      consumer.seek(range.partition(), range.from());
      var looked = 0;
      var position = range.from();
      while (position < range.to() && looked < most && !deadline.isOver()) {
        for (var kafkaRecord : consumer.poll(Duration.ofMillis(500)).records(range.partition())) {
          if (kafkaRecord.offset() >= range.to() || looked == most) {
            break;
          }
          looked++;
          if (such.test(kafkaRecord)) {
            return kafkaRecord;
          }
        }
        position = looked < most ? consumer.position(range.partition()) : position;
      }
      left -= looked;
      complete &= position >= range.to();
      return null;
    }
  }
}
