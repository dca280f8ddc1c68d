package org.smileadventure.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.InvalidEventException;
import org.smileadventure.common.event.SessionEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;

/**
 * What our service would be with a {@link FoldingStore}: the same consumer, the same batches, the
 * same number of threads, invalidation after the commit and offsets after that. It runs until it is
 * ended. Events that cannot be stored are left out and not set aside.
 */
@Command(name = FoldingService.NAME, hidden = true, description = "A contender of ingest.")
final class FoldingService implements Callable<Integer> {
  static final String NAME = "fold";
  static final String GROUP = "folding-ingest";
  private static final int THREADS = 2;

  @Option(names = "--kafka", required = true)
  String bootstrapServers = "";

  @Option(names = "--database", required = true)
  String jdbcUrl = "";

  @Option(names = "--redis", required = true)
  URI redis = URI.create("");

  private final EventCodec codec = new EventCodec(InstantSource.system());

  @Override
  public Integer call() throws Exception {
    try (var dataSource = new HikariDataSource();
        var redisClient =
            RedisClient.builder().hostAndPort(redis.getHost(), redis.getPort()).build();
        var threads = Executors.newFixedThreadPool(THREADS)) {
      dataSource.setJdbcUrl(jdbcUrl);
      var jdbc = new JdbcTemplate(dataSource);
      var transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
      var store = new FoldingStore(jdbc, transaction, codec);
      var cache =
          new AnswerCache(redisClient, 0, InstantSource.system(), new SimpleMeterRegistry());
      var running = new ArrayList<Callable<Void>>();
      for (int i = 0; i < THREADS; i++) {
        running.add(() -> consume(store, cache));
      }
      // Ends with the first that fails.
      threads.invokeAny(running);
    }
    return 1;
  }

  private Void consume(FoldingStore store, AnswerCache cache) {
    try (var consumer =
        new KafkaConsumer<byte[], byte @Nullable []>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                GROUP,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5_000,
                "fetch.max.bytes",
                8_388_608,
                "max.partition.fetch.bytes",
                1_048_576,
                "key.deserializer",
                ByteArrayDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class))) {
      consumer.subscribe(List.of(OurService.TOPIC));
      while (true) {
        var events = new ArrayList<SessionEvent>();
        var children = new HashSet<ChildId>();
        for (var kafkaRecord : consumer.poll(Duration.ofSeconds(1))) {
          try {
            var event = codec.decode(kafkaRecord);
            events.add(event);
            children.add(event.childId());
          } catch (InvalidEventException _) {
            // our service sets it aside, which takes it longer
          }
        }
        store.store(events);
        cache.invalidate(children);
        consumer.commitSync();
      }
    }
  }
}
