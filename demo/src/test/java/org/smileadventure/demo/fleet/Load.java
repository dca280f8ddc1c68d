package org.smileadventure.demo.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;
import tools.jackson.databind.json.JsonMapper;

/**
 * Devices that send sessions over HTTP and over Kafka, and readers who ask for answers. Each tries
 * again until it succeeds. A reader notes what is acknowledged before it asks, and what it is
 * answered must be at least as new.
 */
final class Load implements AutoCloseable {
  private static final int READERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LONGEST_PAUSE_MILLIS = 4_000;
  private static final int READERS_PAUSE_MILLIS = 300;
  private static final int BEFORE_ANOTHER_TRY_MILLIS = 100;

  final Availability answers = new Availability();
  final Availability overHttp = new Availability();
  final Availability overKafka = new Availability();
  final List<String> stale = Collections.synchronizedList(new ArrayList<>());
  final AtomicLong hits = new AtomicLong();

  /** Answers that had the field that is new. */
  final AtomicLong ofNextVersion = new AtomicLong();

  private final JsonMapper json = new JsonMapper();
  private final JsonFormat format = new JsonFormat();
  private final EventCodec codec = new EventCodec(InstantSource.system());
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI address;
  private final EventTopic topic;
  private final PostgresPair postgres;
  private final List<Player> players;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("load-", 0).factory());
  private final List<Future<?>> devices = new ArrayList<>();
  private final List<Future<?>> readers = new ArrayList<>();
  private volatile boolean noMoreSessions;
  private volatile boolean ended;

  /** What a reader makes of an answer; it ignores fields that it does not know. */
  private record Sessions(List<Played> sessions) {
    private record Played(@Nullable Integer score) {}
  }

  private record Analytics(Totals totals) {
    private record Totals(int completed) {}
  }

  private enum View {
    SESSIONS("sessions"),
    ANALYTICS("analytics?window=30d");

    private final String path;

    View(String path) {
      this.path = path;
    }
  }

  /** Begins at once; one half of the players are on devices that speak Kafka. */
  Load(URI address, EventTopic topic, PostgresPair postgres, List<Player> players) {
    this.address = address;
    this.topic = topic;
    this.postgres = postgres;
    this.players = players;
    for (int i = 0; i < players.size(); i++) {
      var player = players.get(i);
      devices.add(
          i % 2 == 0
              ? threads.submit(() -> play(player, this::post, overHttp))
              : threads.submit(() -> play(player, this::produce, overKafka)));
    }
    for (int i = 0; i < READERS; i++) {
      readers.add(threads.submit(this::readUntilEnded));
    }
    readers.add(threads.submit(this::acknowledgeUntilEnded));
  }

  private interface Attempt<T> {
    boolean succeeds(T with) throws Exception;
  }

  private record Delivery(Player player, List<SessionEvent> session) {}

  private Void play(Player player, Attempt<Delivery> sending, Availability availability)
      throws InterruptedException {
    var random = new Random();
    while (!noMoreSessions) {
      var session = player.nextSession(random);
      var begun = System.nanoTime();
      untilItSucceeds(sending, new Delivery(player, session));
      availability.succeeded(begun);
      player.accepted(session);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
    }
    return null;
  }

  private <T> void untilItSucceeds(Attempt<T> attempt, T with) throws InterruptedException {
    while (!ended) {
      try {
        if (attempt.succeeds(with)) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception tryAgain) {
        // whatever is away: it is to come back
      }
      TimeUnit.MILLISECONDS.sleep(BEFORE_ANOTHER_TRY_MILLIS);
    }
    throw new InterruptedException("ended before it succeeded");
  }

  private boolean post(Delivery delivery) throws IOException, InterruptedException {
    var body =
        delivery.session().stream()
            .map(event -> codec.encode(EventTopic.NAME, event))
            .map(sent -> KafkaMessageFactory.createReader(sent.headers(), sent.value()).toEvent())
            .map(event -> new String(format.serialize(event), UTF_8))
            .collect(joining(",", "[", "]"));
    var reply =
        http.send(
            HttpRequest.newBuilder(address.resolve("/api/v1/events"))
                .header("Authorization", "Bearer " + delivery.player().deviceToken)
                .header("Content-Type", "application/cloudevents-batch+json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return isAnswered(reply, 202)
        && json.readTree(reply.body()).path("accepted").intValue() == delivery.session().size();
  }

  private boolean produce(Delivery delivery) throws Exception {
    topic.send(
        delivery.session().stream().map(event -> codec.encode(EventTopic.NAME, event)).toList());
    return true;
  }

  private Void readUntilEnded() throws InterruptedException {
    while (!ended) {
      var random = ThreadLocalRandom.current();
      var player = players.get(random.nextInt(players.size()));
      var view = random.nextBoolean() ? View.SESSIONS : View.ANALYTICS;
      var begun = System.nanoTime();
      untilItSucceeds(this::read, new Question(player, view));
      answers.succeeded(begun);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(READERS_PAUSE_MILLIS));
    }
    return null;
  }

  private record Question(Player player, View view) {}

  private boolean read(Question question) throws IOException, InterruptedException {
    var player = question.player();
    var atLeast = player.acknowledged();
    var reply =
        http.send(
            HttpRequest.newBuilder(
                    address.resolve(
                        "/api/v1/children/" + player.child + "/" + question.view().path))
                .header("Authorization", "Bearer " + player.parentToken)
                .timeout(PATIENCE)
                .build(),
            BodyHandlers.ofString());
    if (!isAnswered(reply, 200)) {
      return false;
    }
    var known = newest(question.view(), reply.body());
    var hit = reply.headers().firstValue("Cache-Status").orElse("").equals("smile; hit");
    if (known < atLeast) {
      stale.add(
          "%s of child %s knows session %d, %d was acknowledged (hit: %s)"
              .formatted(question.view(), player.child, known, atLeast, hit));
    }
    if (hit) {
      hits.incrementAndGet();
    }
    if (reply.body().contains("\"" + NextVersion.FIELD + "\"")) {
      ofNextVersion.incrementAndGet();
    }
    return true;
  }

  /** Whether it succeeded; if not, it is worth another try. */
  private static boolean isAnswered(HttpResponse<String> reply, int success) {
    var status = reply.statusCode();
    if (status != success && status < 500 && status != 429) {
      throw new AssertionError("%s: %d %s".formatted(reply.request().uri(), status, reply.body()));
    }
    return status == success;
  }

  private int newest(View view, String body) {
    return switch (view) {
      case SESSIONS ->
          json.readValue(body, Sessions.class).sessions().stream()
              .mapToInt(session -> session.score() == null ? 0 : session.score())
              .max()
              .orElse(0);
      case ANALYTICS -> json.readValue(body, Analytics.class).totals().completed();
    };
  }

  /** Round after round: what was accepted before is acknowledged when it is stored and told. */
  private Void acknowledgeUntilEnded() throws InterruptedException {
    while (!ended) {
      var accepted = players.stream().collect(toMap(Function.identity(), Player::accepted));
      try {
        var ends = topic.ends();
        while (!ended && !(topic.isStored(ends) && nothingPends())) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        if (!ended) {
          accepted.forEach(Player::acknowledged);
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception serverAway) {
        TimeUnit.MILLISECONDS.sleep(BEFORE_ANOTHER_TRY_MILLIS);
      }
    }
    return null;
  }

  /** Whether Redis was told of all changes. */
  private boolean nothingPends() {
    return Boolean.TRUE.equals(
        postgres
            .jdbc()
            .queryForObject("SELECT NOT EXISTS (SELECT FROM pending_invalidation)", Boolean.class));
  }

  /** Lets the devices send what they have begun; readers go on. */
  void endSessions() throws Exception {
    noMoreSessions = true;
    for (var device : devices) {
      device.get(60, TimeUnit.SECONDS);
    }
  }

  /** Fails if one of the readers has met an error. */
  void end() throws Exception {
    ended = true;
    for (var reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    noMoreSessions = true;
    ended = true;
    threads.shutdownNow();
    http.shutdownNow();
  }
}
