package org.smileadventure.ingest.listener;

import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_RECORDS_CONFIG;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
  private final MultiGauge ofPartitions;
  private volatile @Nullable Lag lag;

  /**
   * How far the group is behind. The rates are of the whole group, since the measurement before.
   *
   * @param seconds since Kafka took the oldest event that is not committed; 0 without one; null if
   *     Kafka does not tell
   * @param producedPerSecond null without a measurement before
   * @param consumedPerSecond null without a measurement before
   */
  record Lag(
      String topic,
      String group,
      Instant measuredAt,
      long events,
      @Nullable Double seconds,
      @Nullable Double producedPerSecond,
      @Nullable Double consumedPerSecond,
      List<PartitionLag> partitions) {

    private Lag since(@Nullable Lag before) {
      if (before == null || !before.measuredAt.isBefore(measuredAt)) {
        return this;
      }
      var seconds = Duration.between(before.measuredAt, measuredAt).toMillis() / 1e3;
      return new Lag(
          topic,
          group,
          measuredAt,
          events,
          this.seconds,
          (sum(PartitionLag::endOffset) - before.sum(PartitionLag::endOffset)) / seconds,
          (sum(PartitionLag::position) - before.sum(PartitionLag::position)) / seconds,
          partitions);
    }

    private long sum(ToLongFunction<PartitionLag> offset) {
      return partitions.stream().mapToLong(offset).sum();
    }
  }

  /**
   * A partition of the topic.
   *
   * @param committedOffset null: nothing of it has been taken yet
   */
  record PartitionLag(
      int partition, long firstOffset, @Nullable Long committedOffset, long endOffset, long lag) {

    private static PartitionLag of(
        TopicPartition partition, long first, long end, @Nullable OffsetAndMetadata committed) {
      var position = committed == null ? first : Math.max(first, committed.offset());
      return new PartitionLag(
          partition.partition(),
          first,
          committed == null ? null : committed.offset(),
          end,
          Math.max(0, end - position));
    }

    /** What is taken next. */
    private long position() {
      return endOffset - lag;
    }
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
    Gauge.builder("smile.ingest.lag.events", () -> number(lag, Lag::events)).register(meters);
    Gauge.builder("smile.ingest.lag.seconds", () -> number(lag, Lag::seconds)).register(meters);
    this.ofPartitions = MultiGauge.builder("smile.ingest.partition.lag.events").register(meters);
  }

  private static double number(
      @Nullable Lag lag, Function<Lag, ? extends @Nullable Number> figure) {
    var number = lag == null ? null : figure.apply(lag);
    return number == null ? Double.NaN : number.doubleValue();
  }

  /** As it was measured last; empty if Kafka does not tell. */
  Optional<Lag> lag() {
    return Optional.ofNullable(lag);
  }

  @Scheduled(fixedDelayString = "${smile.ingest.measure-lag-every:5s}")
  synchronized void measure() {
    try {
      var now = behind().since(lag);
      lag = now;
      show(now, PartitionLag::lag);
      tell(now);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      var last = lag;
      if (last != null) {
        log.warn("Kafka does not tell the lag: {}", e.getMessage());
        show(last, _ -> Double.NaN);
      }
      lag = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Lag ofAll, Function<PartitionLag, Number> figure) {
    ofPartitions.register(
        ofAll.partitions().stream()
            .map(
                of ->
                    MultiGauge.Row.of(
                        Tags.of("partition", Integer.toString(of.partition())), figure.apply(of)))
            .collect(Collectors.toList()),
        true);
  }

  /** For whoever watches the system by way of the database. */
  private void tell(Lag lag) {
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
          .param("events", lag.events())
          .param("seconds", lag.seconds(), Types.DOUBLE)
          .param("now", lag.measuredAt().toString())
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
    var measuredAt = clock.instant();
    var next = new HashMap<TopicPartition, Long>();
    var ofPartitions = new ArrayList<PartitionLag>();
    for (var partition : partitions) {
      var of =
          PartitionLag.of(
              partition,
              first.getOrDefault(partition, 0L),
              end.getOrDefault(partition, 0L),
              committed.get(partition));
      ofPartitions.add(of);
      if (of.lag() > 0) {
        next.put(partition, of.position());
      }
    }
    ofPartitions.sort(Comparator.comparingInt(PartitionLag::partition));
    return new Lag(
        topic,
        group,
        measuredAt,
        ofPartitions.stream().mapToLong(PartitionLag::lag).sum(),
        next.isEmpty() ? Double.valueOf(0) : secondsSinceOldest(next),
        null,
        null,
        ofPartitions);
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

  private @Nullable Double secondsSinceOldest(Map<TopicPartition, Long> next) {
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
        ? null
        : (Double)
            Math.max(
                0,
                Duration.between(Instant.ofEpochMilli(oldest), clock.instant()).toMillis() / 1e3);
  }

  private static <T> T await(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Health health() {
    return lag == null ? Health.down().build() : Health.up().build();
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
