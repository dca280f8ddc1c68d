package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.EventCase;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomEvent;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent is stored as it was sent, or refused at once where there is somebody to tell;
 * nothing that was accepted is set aside later.
 */
@RealServers
class InputTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final int INPUTS = Integer.getInteger("smile.inputs", 500);
  private static final List<EventType> TYPES = List.of(EventType.values());
  private static final int BETWEEN_LOOKS = 2_000;
  private static final int EVENTS_OF_A_SESSION = 200;
  private static final int FEW = 20;
  private static final int ONE_BY_ONE = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String DATABASE = MigratedDatabase.newUrl();
  private static final JdbcClient JDBC = JdbcClient.create(MigratedDatabase.dataSource(DATABASE));
  private static final People PEOPLE = new People(JDBC);
  private static final ChildId SAM =
      PEOPLE.child(PEOPLE.parent("parent@example.org"), "Europe/Rome");

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE, LocalStack.shared().redis(), TOPIC.name()).start();

  private final Game game = Game.of(SERVICE, List.of(SAM));
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyCaseOverHttpIsStoredOrRefused() {
    var sent = new HashMap<EventCase, SessionId>();
    for (var input : EventCase.all().filter(any -> any.isOf("http")).toList()) {
      var session = Play.by(SAM, Instant.now()).session();
      sent.put(input, session);
      check(input, send(input, session));
    }
    awaitAllTaken();
    sent.forEach(this::checkStored);
    checkQuarantine(Map.of());
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyCaseByKafkaIsStoredOrSetAside() {
    var sent = new HashMap<EventCase, SessionId>();
    var refused = new HashMap<String, String>();
    for (var input : EventCase.all().filter(any -> any.isOf("kafka")).toList()) {
      var session = Play.by(SAM, Instant.now()).session();
      sent.put(input, session);
      var made = new ProducerRecord<byte[], byte[]>(TOPIC.name(), null, input.body(session, SAM));
      input
          .recordHeaders()
          .forEach(h -> made.headers().add(h.getKey(), h.getValue().getBytes(ISO_8859_1)));
      made.headers().add("input", input.name().getBytes(UTF_8));
      if (!input.isAccepted()) {
        refused.put(input.name(), input.reason());
      }
      TOPIC.sendRecords(List.of(made));
    }
    awaitAllTaken();
    sent.forEach(this::checkStored);
    checkQuarantine(refused);
    assertThat(wrong).isEmpty();
  }

  private Reply send(EventCase input, SessionId session) {
    var headers = input.headers();
    return game.send(
        headers.getFirst().getValue(),
        input.body(session, SAM),
        headers.stream()
            .skip(1)
            .flatMap(h -> List.of(h.getKey(), h.getValue()).stream())
            .toArray(String[]::new));
  }

  private void check(EventCase input, Reply reply) {
    var body = reply.response().body();
    var expected = expectedStatus(input);
    if (reply.status() != expected) {
      wrong.add(input + " got " + reply.status() + ": " + body);
    } else if (input.isAccepted() && !input.detail().isEmpty()) {
      if (!reply.verdicts().getFirst().equals("accepted")
          || reply.verdicts().get(1).equals("accepted")
          || !reply
              .verdicts()
              .getLast()
              .equals(reply.verdicts().size() > 2 ? "accepted" : reply.verdicts().get(1))) {
        wrong.add(input + ": " + body);
      }
    } else if (!input.isAccepted()) {
      var problem = reply.problem(expected);
      var detail = problem.path("detail").asString();
      if (!detail.toLowerCase(Locale.ROOT).contains(input.detail().toLowerCase(Locale.ROOT))
          || body.contains("xception")
          || body.contains("jackson")
          || (input.status() == null
              && !problem.path("reason").asString("").equals(input.reason()))) {
        wrong.add(input + ": " + body);
      }
    }
  }

  private static int expectedStatus(EventCase input) {
    if (input.status() != null) {
      return Integer.parseInt(input.status());
    }
    if (input.isAccepted()) {
      return 202;
    }
    return input.reason().equals("malformed") ? 400 : 422;
  }

  private void checkStored(EventCase input, SessionId session) {
    var rows = stored(session);
    if (input.isIn("batch")) {
      return;
    }
    if (rows.size() != (input.isAccepted() ? 1 : 0)) {
      wrong.add("%s: %d events are stored".formatted(input, rows.size()));
    } else if (input.isAccepted()) {
      var row = rows.values().iterator().next();
      for (var member : JSON.readTree(input.stored()).properties()) {
        var value = row.get(member.getKey());
        if (value == null ? !member.getValue().isNull() : !isSame(value, member.getValue())) {
          wrong.add(input + " is stored as " + row);
        }
      }
    }
  }

  /** By sequence: the payload, with {@code sequence} and {@code occurredAt}. */
  private static Map<Integer, ObjectNode> stored(SessionId session) {
    var rows = new HashMap<Integer, ObjectNode>();
    JDBC.sql(
            """
            SELECT seq, type, payload, (extract(epoch FROM occurred_at) * 1000000)::bigint AS micros
            FROM v_session_event WHERE session_id = :session AND child_id = :child
            """)
        .param("session", session.value())
        .param("child", SAM.value())
        .query(
            row -> {
              var payload = (ObjectNode) JSON.readTree(row.getString("payload"));
              payload.put("sequence", row.getInt("seq"));
              payload.put("occurredAt", time(row.getLong("micros")).toString());
              rows.put(row.getInt("seq"), payload);
            });
    return rows;
  }

  private static Instant time(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(
        (a, b) ->
            a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.equals(b) ? 0 : 1,
        other);
  }

  private static void awaitAllTaken() {
    await().atMost(PATIENCE).until(() -> TOPIC.lag() == 0);
  }

  /** What there must be in quarantine, by the header that says which input it was. */
  private void checkQuarantine(Map<String, String> expected) {
    var missing = new HashMap<>(expected);
    for (var aside : TOPIC.quarantine()) {
      var input = header(aside, "input");
      var reason = header(aside, "smile-reason");
      if (input == null) {
        wrong.add(
            "accepted and set aside: %s, %s: %s"
                .formatted(
                    reason, header(aside, "smile-detail"), new String(aside.value(), UTF_8)));
      } else if (expected.containsKey(input) && !Objects.equals(missing.remove(input), reason)) {
        wrong.add("%s is set aside as %s".formatted(input, reason));
      }
    }
    missing.keySet().forEach(input -> wrong.add(input + " is not set aside"));
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
    var header = kafkaRecord.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  /** Many events made from the schemas, in all modes, and broken bytes between them. */
  @Test
  void anyInputIsStoredAsItWasSentOrRefused() {
    var random = new Random(Long.getLong("smile.seed", 14));
    var inputs = 0;
    var serverErrors = 0;
    while (inputs < INPUTS) {
      var looked = new ArrayList<RandomEvent>();
      var aside = new HashMap<String, String>();
      while (inputs < INPUTS && looked.size() < BETWEEN_LOOKS) {
        var way = random.nextInt(4);
        var events = someEvents(way == ONE_BY_ONE ? FEW : EVENTS_OF_A_SESSION, random);
        looked.addAll(events);
        inputs += events.size();
        serverErrors += send(way, events, aside, random);
        for (int i = random.nextInt(20); i > 0; i--) {
          inputs++;
          serverErrors += sendBroken(someEvents(2, random).getFirst(), random);
        }
      }
      awaitAllTaken();
      looked.stream()
          .collect(Collectors.groupingBy(RandomEvent::session))
          .forEach(this::checkStored);
      checkQuarantine(aside);
    }
    System.out.printf(
        "RESULT inputs=%d wrong=%d errors_5xx=%d%n", inputs, wrong.size(), serverErrors);
    assertThat(wrong.stream().limit(5)).isEmpty();
    assertThat(serverErrors).isZero();
  }

  private static List<RandomEvent> someEvents(int most, Random random) {
    var session = Play.by(SAM, Instant.now()).session();
    var count = random.nextInt(1, most);
    var events = new ArrayList<RandomEvent>(count);
    for (int sequence = 1; sequence <= count; sequence++) {
      var type = TYPES.get(random.nextInt(TYPES.size()));
      events.add(RandomEvent.of(type, session, SAM, sequence, Instant.now(), random));
    }
    return events;
  }

  /** Returns how many answers were errors of the server. */
  private int send(int way, List<RandomEvent> events, Map<String, String> aside, Random random) {
    return switch (way) {
      case 0 -> {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var event : events) {
          var input = event.session() + "/" + event.sequence();
          if (event.wrong() != null) {
            aside.put(input, reason(event));
          }
          records.add(asRecord(event, input));
        }
        TOPIC.sendRecords(records);
        yield 0;
      }
      case ONE_BY_ONE ->
          events.stream()
              .mapToInt(
                  event ->
                      checkSingle(
                          event,
                          random.nextBoolean()
                              ? game.send(Game.STRUCTURED, structured(event))
                              : game.send("application/json", event.data(), attributes(event))))
              .sum();
      default -> {
        var body =
            events.stream().map(InputTest::structured).collect(Collectors.joining(",", "[", "]"));
        var reply = game.send(Game.BATCHED, body);
        var verdicts = reply.verdicts();
        for (int i = 0; i < Math.min(events.size(), verdicts.size()); i++) {
          if (verdicts.get(i).equals("accepted") != (events.get(i).wrong() == null)) {
            wrong.add(verdicts.get(i) + " is " + events.get(i));
          }
        }
        if (verdicts.size() != events.size()) {
          wrong.add(reply.status() + " " + reply.response().body());
        }
        yield reply.status() / 100 == 5 ? 1 : 0;
      }
    };
  }

  private int checkSingle(RandomEvent event, Reply reply) {
    var detail = reply.json().path("detail").asString("");
    if (reply.status() != (event.wrong() == null ? 202 : 422)
        || (event.wrong() != null && !detail.startsWith(event.wrong() + " "))) {
      wrong.add(reply.status() + " " + reply.response().body() + " is " + event);
    }
    return reply.status() / 100 == 5 ? 1 : 0;
  }

  private void checkStored(SessionId session, List<RandomEvent> sent) {
    var rows = stored(session);
    for (var event : sent) {
      var row = rows.get(event.sequence());
      if (row == null) {
        if (event.wrong() == null) {
          wrong.add("accepted and not stored: " + event);
        }
        continue;
      }
      var expected = event.payload().deepCopy();
      expected.put("sequence", event.sequence());
      expected.put("occurredAt", event.occurredAt().toString());
      if (event.wrong() != null || !isSame(row, expected)) {
        wrong.add(row + " is stored for " + event);
      }
    }
  }

  private static String reason(RandomEvent event) {
    return event.data().contains("\"1999-12-31T23:59:59.999999Z\"")
            || event.data().contains("\"9999-12-31T23:59:59Z\"")
        ? "clock_wrong"
        : "schema_violation";
  }

  private static String structured(RandomEvent event) {
    return """
    {"data": %s, "type": "%s", "id": "%s/%d", "source": "/test", "specversion": "1.0"}"""
        .formatted(event.data(), event.type().wireName(), event.session(), event.sequence());
  }

  private static String[] attributes(RandomEvent event) {
    return new String[] {
      "ce-specversion",
      "1.0",
      "ce-id",
      event.session() + "/" + event.sequence(),
      "ce-source",
      "/test",
      "ce-type",
      event.type().wireName()
    };
  }

  private static ProducerRecord<byte[], byte[]> asRecord(RandomEvent event, String input) {
    var made =
        new ProducerRecord<>(
            TOPIC.name(), SAM.toString().getBytes(UTF_8), event.data().getBytes(UTF_8));
    var attributes = attributes(event);
    for (int i = 0; i < attributes.length; i += 2) {
      made.headers().add(attributes[i].replace('-', '_'), attributes[i + 1].getBytes(UTF_8));
    }
    made.headers().add("input", input.getBytes(UTF_8));
    return made;
  }

  /** Of a session of its own: what comes of a change nobody can tell. */
  private int sendBroken(RandomEvent event, Random random) {
    var bytes = structured(event).getBytes(UTF_8);
    for (int n = random.nextInt(4); n >= 0; n--) {
      var at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 2 -> bytes[at] = "\"\\{}[],:0eu".getBytes(UTF_8)[random.nextInt(11)];
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    var reply =
        random.nextBoolean()
            ? game.send(Game.STRUCTURED, bytes)
            : game.send("application/json", bytes, attributes(event));
    if (!List.of(202, 400, 403, 422).contains(reply.status())
        || reply.response().body().contains("xception")) {
      wrong.add(reply.status() + " " + reply.response().body());
    }
    return reply.status() / 100 == 5 ? 1 : 0;
  }
}
