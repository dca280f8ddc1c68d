package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.TopicProperties;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class QuarantineTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ADMIN = ServiceUnderTest.TOKENS.token("admin");
  private static final String QUARANTINE = "/api/v1/quarantine";

  private static final String DATABASE_URL = MigratedDatabase.newUrl();
  private static final StoredRows ROWS = new StoredRows(MigratedDatabase.dataSource(DATABASE_URL));
  private static final JdbcClient JDBC =
      JdbcClient.create(MigratedDatabase.dataSource(DATABASE_URL));
  private static final People PEOPLE = new People(JDBC);
  private static EventTopic topic;
  private static ConfigurableApplicationContext service;
  private static long parent;
  private static long nextUnknown = 1_000_000;

  /** Where this test's records begin: the id of the first one. */
  private int first;

  @BeforeAll
  static void start() {
    topic = new EventTopic();
    service =
        new ServiceUnderTest(DATABASE_URL, LocalStack.shared().redis(), topic.name())
            .with("smile.database.lock-timeout=1s")
            .start();
    parent = PEOPLE.parent("parent@example.org");
  }

  @AfterAll
  static void close() {
    service.close();
    topic.close();
  }

  @BeforeEach
  void first() {
    awaitAllTaken();
    first = topic.quarantine().size();
  }

  @Test
  void eventsOfAChildThatHasBecomeKnownAreReplayedByTheirReason() throws Exception {
    var replayed = counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD);
    var malformed = counter("smile.ingest.quarantined", Rejection.MALFORMED);
    var sam = new ChildId(nextUnknown++);
    var play = Play.by(sam, NOON).interactions(6, CORRECT).completed(9);
    topic.send(play.events());
    topic.sendRecords(List.of(record("{", "content-type", "application/cloudevents+json")));
    awaitAllTaken();
    assertThat(setAside()).hasSize(9);

    become(sam);
    var once = post(replay("unknown_child"));

    assertThat(once)
        .isEqualTo(
            JSON.readTree(
                """
                {"replayed": 8, "already_replayed": 0, "not_replayable": 0, "next_cursor": null}
                """));
    awaitAllTaken();
    assertThat(ROWS.events(List.of(play.session()))).isEqualTo(play.events());
    var row = ROWS.session(play.session());
    assertThat(row).containsEntry("interactions_count", 6);

    var again = post(replay("unknown_child"));
    assertThat(again.get("replayed").intValue()).isZero();
    assertThat(again.get("already_replayed").intValue()).isEqualTo(8);
    awaitAllTaken();
    assertThat(ROWS.session(play.session())).isEqualTo(row);
    assertThat(setAside()).hasSize(9);
    assertThat(counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD))
        .isEqualTo(replayed + 8);
    assertThat(counter("smile.ingest.quarantined", Rejection.MALFORMED)).isEqualTo(malformed + 1);
    assertThat(counter("smile.ingest.quarantined", Rejection.FOREIGN_SESSION)).isZero();
  }

  @Test
  void oneRecordIsReplayedOnceHoweverManyAskForItAtATime() throws Exception {
    var replayed = counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD);
    var meters = service.getBean(MeterRegistry.class);
    var received = meters.counter("smile.ingest.received").count();
    var sam = new ChildId(nextUnknown++);
    var play = Play.by(sam, NOON).events();
    topic.send(play);
    awaitAllTaken();
    become(sam);

    try (var askers = Executors.newFixedThreadPool(4)) {
      var asked =
          IntStream.range(0, 4)
              .mapToObj(_ -> askers.submit(() -> send("POST", record(0) + "/replay", ADMIN)))
              .toList();
      for (var answer : asked) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }
    awaitAllTaken();
    assertThat(ROWS.events(List.of(play.getFirst().sessionId()))).isEqualTo(play);
    assertThat(counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD))
        .isEqualTo(replayed + 1);
    assertThat(meters.counter("smile.ingest.received").count()).isEqualTo(received + 2);
    var again = post(record(0) + "/replay");
    assertThat(again.get("already").booleanValue()).isTrue();
    assertThat(items().get(0).get("replayed_at")).isEqualTo(again.get("replayed_at"));
  }

  @Test
  void whatIsRefusedAgainKeepsWhenAndWhereItWasFirstSeen() throws Exception {
    topic.send(Play.by(new ChildId(nextUnknown++), NOON).events());
    awaitAllTaken();

    post(replay("unknown_child"));
    await().atMost(PATIENCE).until(() -> setAside().size() == 2);

    var before = items().get(0);
    var after = items().get(1);
    assertThat(after.get("attempts").intValue()).isEqualTo(2);
    assertThat(after.get("first_seen")).isEqualTo(before.get("first_seen"));
    assertThat(after.get("origin")).isEqualTo(before.get("origin"));
    assertThat(after.get("replayed_at").isNull()).isTrue();
    assertThat(topic.quarantine().getLast().headers().headers("smile-reason")).hasSize(1);
  }

  @Test
  void pagesFollowEachOtherAndLeaveNothingOut() throws Exception {
    topic.send(Play.by(new ChildId(nextUnknown++), NOON).interactions(4, CORRECT).events());
    awaitAllTaken();
    topic.sendRecords(List.of(record("[]", "ce_type", "none"), record("[]", "ce_type", "none")));
    awaitAllTaken();

    var ids = new ArrayList<Long>();
    var path = QUARANTINE + "?limit=3";
    for (@Nullable String next = path + "&cursor=" + fromFirst(); next != null; ) {
      var page = get(next);
      page.get("items").forEach(item -> ids.add(item.get("id").longValue()));
      var cursor = page.get("next_cursor");
      next = cursor.isNull() ? null : path + "&cursor=" + cursor.stringValue();
    }

    assertThat(ids).containsExactlyElementsOf(LongStream.range(first, first + 7).boxed().toList());
    assertThat(get(all() + "&reason=malformed").get("items")).hasSize(2);
    assertThat(get(all() + "&reason=clock_wrong").get("items")).isEmpty();
  }

  @Test
  void aRecordIsShownAsItCame() throws Exception {
    var binary = new byte[] {(byte) 0xFF, 0, 1};
    topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                topic.name(),
                0,
                "key".getBytes(UTF_8),
                binary,
                new RecordHeaders().add("trace", "a".getBytes(UTF_8)).add("odd", binary)),
            new ProducerRecord<>(topic.name(), 0, null, null)));
    awaitAllTaken();

    var whole = get(record(0));
    var base64 = Base64.getEncoder().encodeToString(binary);
    assertThat(
            JDBC.sql("SELECT id FROM quarantine_read ORDER BY read_at DESC LIMIT 1")
                .query(Long.class)
                .single())
        .isEqualTo(first);
    assertThat(whole.at("/quarantined/reason").stringValue()).isEqualTo("malformed");
    assertThat(whole.at("/quarantined/origin").stringValue()).matches(topic.name() + "/0/\\d+");
    assertThat(whole.at("/key").stringValue()).isEqualTo("key");
    assertThat(whole.at("/quarantined/bytes").intValue()).isEqualTo(3);
    assertThat(whole.at("/value/base64").stringValue()).isEqualTo(base64);
    assertThat(whole.at("/headers/0/name").stringValue()).isEqualTo("trace");
    assertThat(whole.at("/headers/0/text").stringValue()).isEqualTo("a");
    assertThat(whole.at("/headers/1/base64").stringValue()).isEqualTo(base64);
    assertThat(get(record(1)).at("/value/text").isNull()).isTrue();
    assertThat(setAside().getFirst().value()).isEqualTo(binary);
  }

  @Test
  void ofARecordThatIsTooLargeAllButItsValueIsSetAsideAndTheOthersAreStored() throws Exception {
    var sam = PEOPLE.child(parent, "UTC");
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(1);
    var before = play.events().subList(0, 2);
    var after = play.events().subList(2, play.events().size());
    var large = new ProducerRecord<>(topic.name(), 0, "big".getBytes(UTF_8), new byte[17 << 20]);

    topic.send(before);
    topic.sendRecords(List.of(large));
    topic.send(after);
    awaitAllTaken();

    assertThat(ROWS.events(List.of(play.session()))).isEqualTo(play.events());
    var whole = get(record(0));
    assertThat(whole.at("/quarantined/bytes").intValue()).isEqualTo(17 << 20);
    assertThat(whole.at("/quarantined/value_kept").booleanValue()).isFalse();
    assertThat(whole.at("/key").stringValue()).isEqualTo("big");
    var refused = send("POST", record(0) + "/replay", ADMIN);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains(whole.at("/quarantined/origin").stringValue());
    assertThat(post(replay("malformed")).get("not_replayable").intValue()).isOne();
  }

  /** Four megabytes that came as a few kilobytes go the same way again. */
  @Test
  void aRecordThatOnlyFitsCompressedIsReplayed() throws Exception {
    topic.sendRecords(
        List.of(new ProducerRecord<>(topic.name(), 0, "key".getBytes(UTF_8), new byte[4 << 20])));
    awaitAllTaken();

    assertThat(post(replay("malformed")).get("replayed").intValue()).isOne();
    await().atMost(PATIENCE).until(() -> setAside().size() == 2);
    assertThat(topic.quarantine().getLast().value()).hasSize(4 << 20);
  }

  @Test
  void headersThatPretendToBeOursAreNotBelieved() throws Exception {
    var pretended =
        new RecordHeaders()
            .add("smile-value-bytes", "abc".getBytes(UTF_8))
            .add("smile-attempts", "many".getBytes(UTF_8))
            .add("smile-origin", "nowhere".getBytes(UTF_8))
            .add("smile-first-seen", "ever".getBytes(UTF_8));
    topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                topic.name(), 0, "key".getBytes(UTF_8), "{".getBytes(UTF_8), pretended)));
    awaitAllTaken();

    var item = items().get(0);
    assertThat(item.get("bytes").intValue()).isOne();
    assertThat(item.get("value_kept").booleanValue()).isTrue();
    assertThat(item.get("attempts").intValue()).isOne();
    assertThat(item.get("origin").stringValue()).matches(topic.name() + "/0/\\d+");
  }

  @Test
  void whoAsksWhileALongReplayIsUnderWayIsToldToTryAgain() throws Exception {
    topic.send(Play.by(new ChildId(nextUnknown++), NOON).completed(1).events());
    awaitAllTaken();

    try (var other = MigratedDatabase.withoutPool(DATABASE_URL).getConnection();
        var lock = other.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(hashtext('quarantine_replay'))");
      var refused = send("POST", record(0) + "/replay", ADMIN);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("another replay is under way");
    }
    assertThat(post(record(0) + "/replay").get("already").booleanValue()).isFalse();
  }

  /** Kafka would keep it for as long as its segment has something newer. */
  @Test
  void whatIsTooOldIsDeletedOneByOne() throws Exception {
    topic.sendRecords(List.of(record("{", "ce_type", "none")));
    awaitAllTaken();

    olderBy(Duration.ofDays(29)).deleteOld();
    assertThat(tombstones()).isZero();

    olderBy(Duration.ofDays(31)).deleteOld();
    assertThat(tombstones()).isOne();
    olderBy(Duration.ofDays(31)).deleteOld();
    assertThat(tombstones()).as("it is deleted once").isOne();
  }

  /** Of this test's first record. */
  private long tombstones() {
    var key = setAside().getFirst().key();
    return setAside().stream()
        .filter(r -> Arrays.equals(r.key(), key) && r.value() == null)
        .count();
  }

  private static QuarantinedChild olderBy(Duration time) {
    return new QuarantinedChild(
        service.getBean(QuarantineLog.class),
        service.getBean(Quarantine.class),
        service.getBean(TopicProperties.class),
        () -> Instant.now().plus(time));
  }

  @Test
  void eachReadingAndReplayIsOnRecord() throws Exception {
    var sam = new ChildId(nextUnknown++);
    topic.send(Play.by(sam, NOON).events());
    awaitAllTaken();
    become(sam);
    JDBC.sql("DELETE FROM audit_log").update();

    get(all());
    get(record(0));
    post(record(0) + "/replay");

    assertThat(
            JDBC.sql(
                    """
                    SELECT concat_ws(' ', actor, actor_role, action, child, ': ' || detail) FROM audit_log ORDER BY id
                    """)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "1 admin quarantine_read : list of records " + first,
            "1 admin look %s : GET %s".formatted(sam, record(0)),
            "1 admin quarantine_read %s : record %d".formatted(sam, first),
            "1 admin quarantine_replay : records " + first);
  }

  /** Without a record nothing is shown, and nothing sent. */
  @Test
  void whatCannotBePutOnRecordIsNotDone() throws Exception {
    var sam = new ChildId(nextUnknown++);
    topic.send(Play.by(sam, NOON).events());
    awaitAllTaken();
    become(sam);
    JDBC.sql("ALTER TABLE audit_log RENAME TO mislaid").update();
    try {
      for (var path : List.of(all(), record(0))) {
        var answer = send("GET", path, ADMIN);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(answer.body()).doesNotContain(sam.toString());
      }
      assertThat(send("POST", record(0) + "/replay", ADMIN).statusCode())
          .isGreaterThanOrEqualTo(500);
    } finally {
      JDBC.sql("ALTER TABLE mislaid RENAME TO audit_log").update();
    }
    assertThat(items().get(0).get("replayed_at").isNull()).isTrue();
  }

  @Test
  void topicsKeepWhatTheyHaveForAsLongAsTheSettingsSayAlsoIfTheyWereMadeOtherwise()
      throws Exception {
    var config = new ConfigResource(ConfigResource.Type.TOPIC, topic.name() + "-quarantine");
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
      assertThat(setting("retention.ms", admin, config)).isEqualTo("2592000000");
      assertThat(setting("cleanup.policy", admin, config)).isEqualTo("compact,delete");
      assertThat(setting("max.compaction.lag.ms", admin, config)).isEqualTo("86400000");

      var week = new ConfigEntry("retention.ms", "604800000");
      admin
          .incrementalAlterConfigs(
              Map.of(config, List.of(new AlterConfigOp(week, AlterConfigOp.OpType.SET))))
          .all()
          .get();
      await()
          .untilAsserted(
              () -> assertThat(setting("retention.ms", admin, config)).isEqualTo("604800000"));
      new ServiceUnderTest(DATABASE_URL, LocalStack.shared().redis(), topic.name()).start().close();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(setting("retention.ms", admin, config)).isEqualTo("2592000000"));
      var events = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
      assertThat(setting("retention.ms", admin, events)).isEqualTo("259200000");
      var erasures = new ConfigResource(ConfigResource.Type.TOPIC, topic.name() + "-erasures");
      assertThat(setting("cleanup.policy", admin, erasures)).isEqualTo("compact");
    }
  }

  private static String setting(String name, Admin admin, ConfigResource topic) throws Exception {
    var settings = admin.describeConfigs(List.of(topic)).values().values().iterator().next().get();
    return settings.get(name).value();
  }

  @Test
  void badRequestsAreToldWhatIsWrongAndOnlyAdminsAreAnswered() throws Exception {
    assertProblem(400, "limit", QUARANTINE + "?limit=0");
    assertProblem(400, "limit", QUARANTINE + "?limit=101");
    assertProblem(400, "reason", QUARANTINE + "?reason=bad_mood");
    assertProblem(400, "cursor", QUARANTINE + "?cursor=-1");
    assertProblem(404, "record " + first, record(0));
    assertThat(send("POST", QUARANTINE + "/replay", ADMIN).statusCode()).isEqualTo(400);
    for (var role : List.of("parent", "professional")) {
      var token = ServiceUnderTest.TOKENS.token(role);
      assertThat(send("GET", QUARANTINE, token).statusCode()).isEqualTo(403);
      assertThat(send("POST", QUARANTINE + "/0/replay", token).statusCode()).isEqualTo(403);
    }
    assertThat(send("GET", QUARANTINE, null).statusCode()).isEqualTo(401);
  }

  /** What this test has set aside, in order. */
  private List<ConsumerRecord<byte[], byte[]>> setAside() {
    return topic.quarantine().stream().skip(first).toList();
  }

  private String fromFirst() {
    return first + "-999999999999999999";
  }

  private String all() {
    return QUARANTINE + "?cursor=" + fromFirst();
  }

  private JsonNode items() throws Exception {
    return get(all()).get("items");
  }

  private String record(int number) {
    return QUARANTINE + "/" + (first + number);
  }

  private String replay(String reason) {
    return QUARANTINE + "/replay?reason=" + reason + "&cursor=" + fromFirst();
  }

  private void assertProblem(int status, String named, String path) throws Exception {
    var answer = send("GET", path, ADMIN);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(answer.body()).get("detail").stringValue()).contains(named);
  }

  private double counter(String name, Rejection reason) {
    return service
        .getBean(MeterRegistry.class)
        .get(name)
        .tag("reason", reason.wireName())
        .counter()
        .count();
  }

  private void become(ChildId child) {
    JDBC.sql(
            """
            INSERT INTO children (id, name, age, timezone, parent_id, play_consent)
            VALUES (:id, 'Sam', 8, 'UTC', :parent, true)
            """)
        .param("id", child.value())
        .param("parent", parent)
        .update();
  }

  private ProducerRecord<byte[], byte[]> record(String value, String header, String content) {
    return new ProducerRecord<>(
        topic.name(),
        0,
        "key".getBytes(UTF_8),
        value.getBytes(UTF_8),
        new RecordHeaders().add(header, content.getBytes(UTF_8)));
  }

  private void awaitAllTaken() {
    await().atMost(PATIENCE).until(() -> topic.lag() == 0);
  }

  private JsonNode get(String path) throws Exception {
    var answer = send("GET", path, ADMIN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private JsonNode post(String path) throws Exception {
    var answer = send("POST", path, ADMIN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, @Nullable String token)
      throws Exception {
    var port = service.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
