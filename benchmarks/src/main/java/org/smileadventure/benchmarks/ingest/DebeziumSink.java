package org.smileadventure.benchmarks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.ChildJvm;
import org.smileadventure.benchmarks.bed.Home;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debezium's JDBC sink on Kafka Connect, as the usual way from a topic into a table without a
 * program of one's own. It gets each event as the row that is to be: it cannot make one of our
 * events itself, does not look whether its child is known, and computes no session.
 */
final class DebeziumSink {
  private static final String TOPIC = "debezium-events";
  private static final int PARTITIONS = 12;

  /** How the sink is set up, beyond what it has to be told; named as in tables and groups. */
  private record Tuning(
      String name, String description, Map<String, String> worker, Map<String, String> sink) {
    String connector() {
      return "debezium-" + name;
    }

    String table() {
      return "debezium_" + name;
    }
  }

  private static final List<Tuning> TUNINGS =
      List.of(
          new Tuning("defaults", "as it comes", Map.of(), Map.of()),
          // Found to be fastest. Without the buffer a batch must not hold an event twice.
          new Tuning(
              "tuned",
              "best settings",
              Map.of("consumer.max.poll.records", "5000"),
              Map.of(
                  "batch.size", "5000",
                  "use.reduction.buffer", "true",
                  "dialect.postgres.unnest.insert.enabled", "true")));

  /** The types by which the sink knows the columns; given once, and not with each event. */
  private static final String SCHEMA =
      """
      {"type": "struct", "name": "event", "fields": [
        {"field": "session_id", "type": "string", "name": "io.debezium.data.Uuid"},
        {"field": "seq", "type": "int32"},
        {"field": "child_id", "type": "int64"},
        {"field": "type", "type": "string"},
        {"field": "occurred_at", "type": "string", "name": "io.debezium.time.ZonedTimestamp"},
        {"field": "payload", "type": "string", "name": "io.debezium.data.Json"}]}
      """;

  private final Testbed testbed;
  private final Path jars;
  private final JsonMapper json = new JsonMapper();
  private final EventCodec codec = new EventCodec(InstantSource.system());

  /** One that does not run yet; {@code ./smile} has put it and Kafka Connect where they belong. */
  DebeziumSink(Testbed testbed) {
    this.testbed = testbed;
    jars = Home.debezium();
    if (!Files.isDirectory(jars)) {
      throw new BenchmarkFailure("%s is not there; run ./smile bench ingest".formatted(jars));
    }
  }

  /** As it comes and with the best settings. */
  List<Measured> measure(PlayStream stream, int warmUp, int events) {
    try (var topic = new EventTopic(testbed.stack().bootstrapServers(), TOPIC)) {
      topic.create(PARTITIONS);
      // A tenth more than is measured: at the end of a topic its last partitions are left alone.
      var fresh = fill(topic, stream, warmUp + events + events / 10);
      return TUNINGS.stream().map(tuning -> measure(topic, tuning, warmUp, events, fresh)).toList();
    }
  }

  private Measured measure(EventTopic topic, Tuning tuning, int warmUp, int events, long fresh) {
    System.out.println("  " + tuning.description);
    var jdbc = testbed.jdbc();
    jdbc.execute("SELECT new_event_table('%s')".formatted(tuning.table()));
    jdbc.execute("CHECKPOINT");
    try (var connect = connect(tuning)) {
      var consumption =
          new Consumption(topic, "connect-" + tuning.connector(), connect.process(), connect.log());
      var begin = consumption.await(warmUp);
      var usedBefore = testbed.used(connect.process());
      var end = consumption.await(begin.records() + events);
      var used = testbed.used(connect.process()).since(usedBefore);
      consumption.awaitAll();
      var rows =
          JdbcClient.create(jdbc)
              .sql("SELECT count(*) FROM " + tuning.table())
              .query(Long.class)
              .single();
      if (rows != fresh) {
        throw new BenchmarkFailure("Debezium's sink stored %,d rows of %,d".formatted(rows, fresh));
      }
      return new Measured(
          "Debezium, " + tuning.description,
          end.records() - begin.records(),
          Consumption.seconds(begin, end),
          used);
    } finally {
      jdbc.execute("DROP TABLE " + tuning.table());
    }
  }

  /** Returns how many of them come for the first time. */
  private long fill(EventTopic topic, PlayStream stream, int events) {
    var fresh = 0;
    for (int i = 0; i < events; ) {
      var delivery = stream.next();
      if (delivery.condition().isGood()) {
        var event = delivery.event();
        topic.append(new ProducerRecord<>(TOPIC, event.childId().toString(), row(event)));
        i++;
        if (delivery.condition() == PlayStream.Condition.NEW) {
          fresh++;
        }
      }
    }
    topic.flush();
    topic.release();
    System.out.printf("  %,d events in Kafka, as rows%n", events);
    return fresh;
  }

  private byte[] row(SessionEvent event) {
    return json.writeValueAsBytes(
        json.createObjectNode()
            .put("session_id", event.sessionId().toString())
            .put("seq", event.sequence())
            .put("child_id", event.childId().value())
            .put("type", event.type().wireName())
            .put("occurred_at", event.occurredAt().toString())
            .put("payload", new String(codec.payloadJson(event), UTF_8)));
  }

  private ChildJvm connect(Tuning tuning) {
    var home = testbed.directory(tuning.connector());
    return ChildJvm.start(
        home,
        List.of(
            "-Xmx2g",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            jars.resolve("*").toString(),
            "org.apache.kafka.connect.cli.ConnectStandalone",
            written(home.resolve("worker.properties"), worker(tuning, home)).toString(),
            written(home.resolve("sink.properties"), sink(tuning)).toString()));
  }

  private Map<String, String> worker(Tuning tuning, Path home) {
    var settings = new HashMap<>(tuning.worker);
    settings.put("bootstrap.servers", testbed.stack().bootstrapServers());
    settings.put("listeners", "http://127.0.0.1:" + freePort());
    settings.put("plugin.discovery", "service_load");
    settings.put("offset.storage.file.filename", home.resolve("offsets").toString());
    // Often, as the offsets show how far it is.
    settings.put("offset.flush.interval.ms", "250");
    settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.put("value.converter.schema.content", SCHEMA);
    settings.put("consumer.auto.offset.reset", "earliest");
    return settings;
  }

  private Map<String, String> sink(Tuning tuning) {
    var settings = new HashMap<>(tuning.sink);
    settings.put("name", tuning.connector());
    settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    settings.put("tasks.max", "2");
    settings.put("topics", TOPIC);
    settings.put("connection.url", testbed.jdbcUrl());
    settings.put("connection.username", "postgres");
    settings.put("connection.password", "none");
    settings.put("insert.mode", "upsert");
    settings.put("primary.key.mode", "record_value");
    settings.put("primary.key.fields", "session_id,seq");
    settings.put("schema.evolution", "none");
    settings.put("collection.name.format", tuning.table());
    return settings;
  }

  private static Path written(Path file, Map<String, String> settings) {
    var properties = new Properties();
    properties.putAll(settings);
    try {
      Files.createDirectories(file.getParent());
      try (var out = Files.newOutputStream(file)) {
        properties.store(out, null);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
