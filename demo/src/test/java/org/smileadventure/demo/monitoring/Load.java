package org.smileadventure.demo.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A few families who play and look, whatever is away. */
final class Load implements AutoCloseable {
  private static final String TOPIC = "game-session-events";

  private final EventCodec codec = new EventCodec(InstantSource.system());
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final ScheduledExecutorService families = Executors.newScheduledThreadPool(3);
  private final AtomicInteger quick = new AtomicInteger();
  private final KafkaProducer<String, byte[]> producer;
  private final RunningSystem system;
  private final List<ChildId> children;
  private final String parentToken;
  private final String deviceToken;
  private int next;

  Load(RunningSystem system) {
    this.system = system;
    var people = new People(JdbcClient.create(MigratedDatabase.withoutPool(system.databaseUrl())));
    var parent = people.parent("parent@example.org");
    children = Stream.generate(() -> people.child(parent, "Europe/Rome")).limit(5).toList();
    parentToken = system.tokens().token(Map.of("role", "parent", "sub", Long.toString(parent)));
    deviceToken =
        system
            .tokens()
            .token(
                Map.of(
                    "scope", "ingest", "children", children.stream().map(ChildId::value).toList()));
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                system.bootstrapServers(),
                // What Kafka does not take is dropped: it would be old when it comes.
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                500,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                1_000,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                1_000),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void begin() {
    // Nobody's game: it goes to quarantine.
    var _ = producer.send(new ProducerRecord<>(TOPIC, "x", "no event".getBytes(UTF_8)));
    repeat(this::play, 250);
    repeat(this::look, 100);
    repeat(this::sendOverHttp, 1_000);
  }

  private void repeat(Runnable deed, long everyMillis) {
    var _ = families.scheduleWithFixedDelay(deed, 0, everyMillis, TimeUnit.MILLISECONDS);
  }

  /** How many answers in a row were good and quick, up to now. */
  int quickAnswers() {
    return quick.get();
  }

  private void play() {
    try {
      for (var event : session()) {
        var _ = producer.send(codec.encode(TOPIC, event));
      }
    } catch (KafkaException _) {
      // it is away
    }
  }

  private synchronized List<SessionEvent> session() {
    var child = children.get(next++ % children.size());
    return Play.by(child, Instant.now().minusSeconds(60))
        .interactions(3, Outcome.CORRECT)
        .completed(9)
        .events();
  }

  private void look() {
    var child = children.get(quick.get() % children.size());
    var begin = System.nanoTime();
    var status =
        status(
            HttpRequest.newBuilder(
                    system.query().resolve("/api/v1/children/" + child + "/analytics?window=30d"))
                .header("Authorization", "Bearer " + parentToken));
    var isQuick = Duration.ofNanos(System.nanoTime() - begin).compareTo(Duration.ofMillis(500)) < 0;
    quick.set(status == 200 && isQuick ? quick.get() + 1 : 0);
  }

  private void sendOverHttp() {
    var body =
        session().stream()
            .map(
                event ->
                    """
                    {"specversion": "1.0", "id": "%s/%d", "source": "/test", "type": "%s", "datacontenttype": "application/json", "data": %s}\
                    """
                        .formatted(
                            event.sessionId(),
                            event.sequence(),
                            event.type().wireName(),
                            new String(codec.encode(TOPIC, event).value(), UTF_8)))
            .collect(Collectors.joining(",", "[", "]"));
    status(
        HttpRequest.newBuilder(system.ingest().resolve("/api/v1/events"))
            .header("Authorization", "Bearer " + deviceToken)
            .header("Content-Type", "application/cloudevents-batch+json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Of the answer; 0 if there is none. */
  private int status(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(3)).build(), BodyHandlers.ofByteArray())
          .statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    families.shutdownNow();
    producer.close(Duration.ZERO);
    http.shutdownNow();
  }
}
