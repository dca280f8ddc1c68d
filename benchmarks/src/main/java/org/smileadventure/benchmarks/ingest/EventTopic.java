package org.smileadventure.benchmarks.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;

/**
 * A topic that is filled behind the back of its consumers: what is appended is in one transaction,
 * and who reads committed records sees none of it before {@link #release}. So a warm consumer meets
 * a backlog at one moment, and its producer is done by then.
 */
final class EventTopic implements AutoCloseable {
  private static final int TRANSACTION_LIMIT_MILLIS = 10 * 60_000;

  private final String name;
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Where each partition ends, without the mark that ends the transaction. */
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private boolean filling;

  EventTopic(String bootstrapServers, String name) {
    this.name = name;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "benchmark-" + name,
                "transaction.timeout.ms",
                TRANSACTION_LIMIT_MILLIS,
                "linger.ms",
                20,
                "batch.size",
                65_536),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  void create(int partitions) {
    get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
  }

  void append(ProducerRecord<String, byte[]> kafkaRecord) {
    if (!filling) {
      producer.beginTransaction();
      filling = true;
    }
    var _ =
        producer.send(
            kafkaRecord,
            (metadata, exception) -> {
              if (exception == null) {
                synchronized (ends) {
                  ends.merge(
                      new TopicPartition(metadata.topic(), metadata.partition()),
                      metadata.offset() + 1,
                      Math::max);
                }
              } else {
                failure.set(exception);
              }
            });
  }

  /** Returns when all that was appended lies in Kafka. */
  void flush() {
    producer.flush();
    var exception = failure.get();
    if (exception != null) {
      throw new BenchmarkFailure("Kafka does not take the events: " + exception, exception);
    }
  }

  /** Shows consumers what was appended. */
  void release() {
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new BenchmarkFailure("Kafka does not commit the events: " + e, e);
    }
    filling = false;
  }

  /** How far a group has committed, counted in records over all partitions. */
  long consumedBy(String group) {
    return committed(group).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether a group has committed all that was appended. */
  boolean isConsumedBy(String group) {
    var committed = committed(group);
    synchronized (ends) {
      return ends.entrySet().stream()
          .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
  }

  /** The size of another topic, in records. */
  long size(String topic) {
    var partitions =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(description -> description.partitions().stream())
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return get(admin.listOffsets(latest).all()).values().stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  private Map<TopicPartition, Long> committed(String group) {
    var committed = new HashMap<TopicPartition, Long>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              if (offset != null && partition.topic().equals(name)) {
                committed.put(partition, offset.offset());
              }
            });
    return committed;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new BenchmarkFailure("Kafka: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
