package org.smileadventure.demo.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of events, and how far it is stored. */
final class EventTopic implements AutoCloseable {
  static final String NAME = "game-session-events";
  static final int PARTITIONS = 12;
  private static final String GROUP = "smile-ingest";
  private static final long PATIENCE_SECONDS = 30;

  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;

  EventTopic(String bootstrapServers) {
    var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(settings);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                20_000,
                "max.block.ms",
                5_000),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Makes the topic, and has each of its partitions begin with what is no event. */
  void beginWithPoison() throws Exception {
    admin
        .createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 3)))
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    send(
        IntStream.range(0, PARTITIONS)
            .mapToObj(
                partition ->
                    new ProducerRecord<String, byte[]>(
                        NAME, partition, null, "{\"no\": event".getBytes(UTF_8)))
            .toList());
  }

  /** Returns when Kafka has acknowledged all of them. */
  void send(List<ProducerRecord<String, byte[]>> records) throws Exception {
    var sent = records.stream().map(producer::send).toList();
    for (var one : sent) {
      get(one);
    }
  }

  /** Where each partition ends now. */
  Map<TopicPartition, Long> ends() throws Exception {
    return ends(partitions(NAME, PARTITIONS));
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws Exception {
    return get(
            admin
                .listOffsets(partitions.stream().collect(toMap(p -> p, _ -> OffsetSpec.latest())))
                .all())
        .entrySet()
        .stream()
        .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** Whether everything before these offsets is stored, and its children are invalidated. */
  boolean isStored(Map<TopicPartition, Long> ends) throws Exception {
    var committed = get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              var offset = committed.get(end.getKey());
              return end.getValue() <= (offset == null ? 0 : offset.offset());
            });
  }

  long quarantined() throws Exception {
    return ends(partitions(NAME + "-quarantine", 1)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  private static <T> T get(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return requireNonNull(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
  }
}
