package org.smileadventure.ingest.listener;

import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.LoneConsumers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How far the whole consumer group is behind, in events and in seconds, whoever is to take them. It
 * asks Kafka on its own, as a listener that is stuck would have nothing to tell. So it also knows
 * whether Kafka answers.
 */
@Component("kafka")
class LagMeter implements HealthIndicator, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LagMeter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Admin admin;
  private final Consumer<byte[], byte @Nullable []> peek;
  private final String topic;
  private final String group;
  private final InstantSource clock;
  private final JdbcClient jdbc;
  private volatile Lag lag = Lag.UNKNOWN;

  /**
   * @param seconds since Kafka took the oldest event that is not committed; 0 without one
   */
  private record Lag(double events, double seconds) {
    static final Lag UNKNOWN = new Lag(Double.NaN, Double.NaN);
  }

  LagMeter(
      KafkaAdmin kafkaAdmin,
      LoneConsumers consumers,
      IngestProperties properties,
      @Value("${spring.kafka.consumer.group-id}") String group,
      MeterRegistry meters,
      JdbcClient jdbc,
      InstantSource clock) {
    this.admin = Admin.create(kafkaAdmin.getConfigurationProperties());
    // The first records of all partitions in one answer, if their batches are as usual.
    this.peek =
        consumers.open(
            Map.of(MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024, MAX_POLL_RECORDS_CONFIG, 1));
    this.topic = properties.topic();
    this.group = group;
    this.clock = clock;
    this.jdbc = jdbc;
    Gauge.builder("smile.ingest.lag.events", () -> lag.events()).register(meters);
    Gauge.builder("smile.ingest.lag.seconds", () -> lag.seconds()).register(meters);
  }

  @Scheduled(fixedDelayString = "${smile.ingest.measure-lag-every:5s}")
  synchronized void measure() {
    try {
      lag = behind();
      tell();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      if (!Double.isNaN(lag.events())) {
        log.warn("Kafka does not tell the lag: {}", e.getMessage());
      }
      lag = Lag.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** For whoever watches the system by way of the database. */
  private void tell() {
    try {
      jdbc.sql(
              """
              INSERT INTO consumer_lag (group_id, topic, events, seconds, measured_at)
              VALUES (:group, :topic, :events, :seconds, :now::timestamptz)
              ON CONFLICT (group_id) DO UPDATE
              SET topic = excluded.topic, events = excluded.events, seconds = excluded.seconds,
                  measured_at = excluded.measured_at
              """)
          .param("group", group)
          .param("topic", topic)
          .param("events", (long) lag.events())
          .param("seconds", Double.isNaN(lag.seconds()) ? null : lag.seconds(), Types.DOUBLE)
          .param("now", clock.instant().toString())
          .update();
    } catch (DataAccessException e) {
      log.warn("the lag cannot be told: {}", e.getMessage());
    }
  }

  private Lag behind() throws ExecutionException, InterruptedException, TimeoutException {
    var partitions =
        await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(
                description ->
                    IntStream.range(0, description.partitions().size())
                        .mapToObj(number -> new TopicPartition(topic, number)))
            .collect(Collectors.toSet());
    var first = offsets(partitions, OffsetSpec.earliest());
    var end = offsets(partitions, OffsetSpec.latest());
    var committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
    var next = new HashMap<TopicPartition, Long>();
    var events = 0L;
    for (var partition : partitions) {
      var position = first.getOrDefault(partition, 0L);
      var offset = committed.get(partition);
      if (offset != null) {
        position = Math.max(position, offset.offset());
      }
      var waiting = end.getOrDefault(partition, 0L) - position;
      if (waiting > 0) {
        events += waiting;
        next.put(partition, position);
      }
    }
    return new Lag(events, next.isEmpty() ? 0 : secondsSinceOldest(next));
  }

  private Map<TopicPartition, Long> offsets(Iterable<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> wanted.put(partition, which));
    // As the listener sees it: the end of a transaction is a record that it never gets.
    return await(
            admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private double secondsSinceOldest(Map<TopicPartition, Long> next) {
    var oldest = Long.MAX_VALUE;
    var missing = new HashSet<>(next.keySet());
    var deadline = clock.instant().plus(PATIENCE);
    peek.assign(next.keySet());
    peek.resume(next.keySet());
    next.forEach(peek::seek);
    while (!missing.isEmpty() && clock.instant().isBefore(deadline)) {
      var records = peek.poll(Duration.ofMillis(500));
      for (var partition : records.partitions()) {
        oldest = Math.min(oldest, records.records(partition).getFirst().timestamp());
        missing.remove(partition);
      }
      peek.pause(records.partitions());
    }
    return oldest == Long.MAX_VALUE
        ? Double.NaN
        : Math.max(
            0, Duration.between(Instant.ofEpochMilli(oldest), clock.instant()).toMillis() / 1e3);
  }

  private static <T> T await(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Health health() {
    return Double.isNaN(lag.events()) ? Health.down().build() : Health.up().build();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    peek.wakeup();
    closePeek();
  }

  /** The consumer is of one thread at a time. */
  private synchronized void closePeek() {
    peek.close(CloseOptions.timeout(Duration.ZERO));
  }
}
