package org.smileadventure.demo;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;

/** The topic of events, seen from a game. */
final class Topic implements AutoCloseable {
  private static final String NAME = "game-session-events";
  private static final String GROUP = "smile-ingest";
  private static final int REPORT_EVERY = 50_000;

  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;
  private final EventCodec codec;

  Topic(String bootstrapServers, EventCodec codec) {
    this.codec = codec;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("acks", "all");
    settings.put("linger.ms", 5);
    settings.put("batch.size", 131_072);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Returns when Kafka has acknowledged all of them. */
  void send(List<SessionEvent> events, LongConsumer progress) {
    var sent = new ArrayList<Future<RecordMetadata>>(events.size());
    for (var event : events) {
      sent.add(producer.send(codec.encode(NAME, event)));
      if (sent.size() % REPORT_EVERY == 0) {
        progress.accept(sent.size());
      }
    }
    producer.flush();
    sent.forEach(Topic::get);
  }

  /** The events as a game would send them over HTTP. */
  List<CloudEvent> cloudEvents(List<SessionEvent> events) {
    return events.stream()
        .map(event -> codec.encode(NAME, event))
        .map(sent -> KafkaMessageFactory.createReader(sent.headers(), sent.value()).toEvent())
        .toList();
  }

  /** How many records the ingest service has yet to commit. */
  long lag() {
    var ends = ends(NAME);
    var committed = get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .mapToLong(
            end -> {
              var offset = committed.get(end.getKey());
              return end.getValue() - (offset == null ? 0 : offset.offset());
            })
        .sum();
  }

  long quarantined() {
    return ends(NAME + "-quarantine").values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<TopicPartition, Long> ends(String topic) {
    var partitions =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(description -> description.partitions().stream())
            .toList();
    var latest = new java.util.HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(
        partition ->
            latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
    var ends = new java.util.HashMap<TopicPartition, Long>();
    get(admin.listOffsets(latest).all())
        .forEach((partition, offset) -> ends.put(partition, offset.offset()));
    return ends;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new DemoFailure("Kafka: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
