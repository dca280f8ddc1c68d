package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import io.micrometer.core.instrument.MeterRegistry;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.TopicProperties;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.SharedService;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import tools.jackson.databind.JsonNode;

@RealServers
class QuarantineTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final String QUARANTINE = "/api/v1/quarantine";

  private static final SharedService SERVICE = SharedService.get();

  /** Where this test's records begin: the id of the first one. */
  private int first;

  @BeforeEach
  void first() {
    first = SERVICE.nextRecord();
  }

  @Test
  void oneRecordIsReplayedOnceHoweverManyAskForItAtATime() throws Exception {
    var replayed = SERVICE.counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD);
    var meters = SERVICE.context.getBean(MeterRegistry.class);
    var received = meters.counter("smile.ingest.received").count();
    var sam = SERVICE.unknownChild();
    var play = Play.by(sam, NOON).events();
    SERVICE.topic.send(play);
    SERVICE.awaitAllTaken();
    SERVICE.register(sam);

    try (var askers = Executors.newFixedThreadPool(4)) {
      var asked =
          IntStream.range(0, 4)
              .mapToObj(_ -> askers.submit(() -> SERVICE.send("POST", record(0) + "/replay", null)))
              .toList();
      for (var answer : asked) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }
    SERVICE.awaitAllTaken();
    assertThat(SERVICE.rows.events(List.of(play.getFirst().sessionId()))).isEqualTo(play);
    assertThat(SERVICE.counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD))
        .isEqualTo(replayed + 1);
    assertThat(meters.counter("smile.ingest.received").count()).isEqualTo(received + 2);
    var again = SERVICE.post(record(0) + "/replay");
    assertThat(again.get("already").booleanValue()).isTrue();
    assertThat(items().get(0).get("replayed_at")).isEqualTo(again.get("replayed_at"));
  }

  @Test
  void whatIsRefusedAgainKeepsWhenAndWhereItWasFirstSeen() throws Exception {
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).events());
    SERVICE.awaitAllTaken();

    SERVICE.post(record(0) + "/replay");
    await().atMost(SharedService.PATIENCE).until(() -> setAside().size() == 2);

    var before = items().get(0);
    var after = items().get(1);
    assertThat(after.get("attempts").intValue()).isEqualTo(2);
    assertThat(after.get("first_seen")).isEqualTo(before.get("first_seen"));
    assertThat(after.get("origin")).isEqualTo(before.get("origin"));
    assertThat(after.get("replayed_at").isNull()).isTrue();
    assertThat(SERVICE.topic.quarantine().getLast().headers().headers("smile-reason")).hasSize(1);
  }

  @Test
  void pagesFollowEachOtherAndLeaveNothingOut() throws Exception {
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).interactions(4, CORRECT).events());
    SERVICE.awaitAllTaken();
    SERVICE.topic.sendRecords(
        List.of(SERVICE.record("[]", "ce_type", "none"), SERVICE.record("[]", "ce_type", "none")));
    SERVICE.awaitAllTaken();

    var ids = new ArrayList<Long>();
    var path = QUARANTINE + "?limit=3";
    for (@Nullable String next = path + "&cursor=" + fromFirst(); next != null; ) {
      var page = SERVICE.get(next);
      page.get("items").forEach(item -> ids.add(item.get("id").longValue()));
      var cursor = page.get("next_cursor");
      next = cursor.isNull() ? null : path + "&cursor=" + cursor.stringValue();
    }

    assertThat(ids).containsExactlyElementsOf(LongStream.range(first, first + 7).boxed().toList());
    assertThat(SERVICE.get(all() + "&reason=malformed").get("items")).hasSize(2);
    assertThat(SERVICE.get(all() + "&reason=clock_wrong").get("items")).isEmpty();
  }

  @Test
  void aRecordIsShownAsItCame() throws Exception {
    var binary = new byte[] {(byte) 0xFF, 0, 1};
    SERVICE.topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                SERVICE.topic.name(),
                0,
                "key".getBytes(UTF_8),
                binary,
                new RecordHeaders().add("trace", "a".getBytes(UTF_8)).add("odd", binary)),
            new ProducerRecord<>(SERVICE.topic.name(), 0, null, null)));
    SERVICE.awaitAllTaken();

    var whole = SERVICE.get(record(0));
    var base64 = Base64.getEncoder().encodeToString(binary);
    assertThat(
            SERVICE
                .jdbc
                .sql("SELECT id FROM quarantine_read ORDER BY read_at DESC LIMIT 1")
                .query(Long.class)
                .single())
        .isEqualTo(first);
    assertThat(whole.at("/quarantined/reason").stringValue()).isEqualTo("malformed");
    assertThat(whole.at("/quarantined/origin").stringValue())
        .matches(SERVICE.topic.name() + "/0/\\d+");
    assertThat(whole.at("/key").stringValue()).isEqualTo("key");
    assertThat(whole.at("/quarantined/bytes").intValue()).isEqualTo(3);
    assertThat(whole.at("/value/base64").stringValue()).isEqualTo(base64);
    assertThat(whole.at("/headers/0/name").stringValue()).isEqualTo("trace");
    assertThat(whole.at("/headers/0/text").stringValue()).isEqualTo("a");
    assertThat(whole.at("/headers/1/base64").stringValue()).isEqualTo(base64);
    assertThat(SERVICE.get(record(1)).at("/value/text").isNull()).isTrue();
    assertThat(setAside().getFirst().value()).isEqualTo(binary);
  }

  @Test
  void ofARecordThatIsTooLargeAllButItsValueIsSetAsideAndTheOthersAreStored() throws Exception {
    var sam = SERVICE.people.child(SERVICE.parent, "UTC");
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(1);
    var before = play.events().subList(0, 2);
    var after = play.events().subList(2, play.events().size());
    var large =
        new ProducerRecord<>(SERVICE.topic.name(), 0, "big".getBytes(UTF_8), new byte[17 << 20]);

    SERVICE.topic.send(before);
    SERVICE.topic.sendRecords(List.of(large));
    SERVICE.topic.send(after);
    SERVICE.awaitAllTaken();

    assertThat(SERVICE.rows.events(List.of(play.session()))).isEqualTo(play.events());
    var whole = SERVICE.get(record(0));
    assertThat(whole.at("/quarantined/bytes").intValue()).isEqualTo(17 << 20);
    assertThat(whole.at("/quarantined/value_kept").booleanValue()).isFalse();
    assertThat(whole.at("/key").stringValue()).isEqualTo("big");
    var refused = SERVICE.send("POST", record(0) + "/replay", null);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains(whole.at("/quarantined/origin").stringValue());
  }

  /** Four megabytes that came as a few kilobytes go the same way again. */
  @Test
  void aRecordThatOnlyFitsCompressedIsReplayed() throws Exception {
    SERVICE.topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                SERVICE.topic.name(), 0, "key".getBytes(UTF_8), new byte[4 << 20])));
    SERVICE.awaitAllTaken();

    assertThat(SERVICE.post(record(0) + "/replay").get("already").booleanValue()).isFalse();
    await().atMost(SharedService.PATIENCE).until(() -> setAside().size() == 2);
    assertThat(SERVICE.topic.quarantine().getLast().value()).hasSize(4 << 20);
  }

  @Test
  void headersThatPretendToBeOursAreNotBelieved() throws Exception {
    var pretended =
        new RecordHeaders()
            .add("smile-value-bytes", "abc".getBytes(UTF_8))
            .add("smile-attempts", "many".getBytes(UTF_8))
            .add("smile-origin", "nowhere".getBytes(UTF_8))
            .add("smile-first-seen", "ever".getBytes(UTF_8));
    SERVICE.topic.sendRecords(
        List.of(
            new ProducerRecord<>(
                SERVICE.topic.name(), 0, "key".getBytes(UTF_8), "{".getBytes(UTF_8), pretended)));
    SERVICE.awaitAllTaken();

    var item = items().get(0);
    assertThat(item.get("bytes").intValue()).isOne();
    assertThat(item.get("value_kept").booleanValue()).isTrue();
    assertThat(item.get("attempts").intValue()).isOne();
    assertThat(item.get("origin").stringValue()).matches(SERVICE.topic.name() + "/0/\\d+");
  }

  @Test
  void whoAsksWhileALongReplayIsUnderWayIsToldToTryAgain() throws Exception {
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).completed(1).events());
    SERVICE.awaitAllTaken();

    try (var other = MigratedDatabase.withoutPool(SERVICE.databaseUrl).getConnection();
        var lock = other.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(hashtext('quarantine_replay'))");
      var refused = SERVICE.send("POST", record(0) + "/replay", null);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("another replay is under way");
    }
    assertThat(SERVICE.post(record(0) + "/replay").get("already").booleanValue()).isFalse();
  }

  /** Kafka would keep it for as long as its segment has something newer. */
  @Test
  void whatIsTooOldIsDeletedOneByOne() throws Exception {
    SERVICE.topic.sendRecords(List.of(SERVICE.record("{", "ce_type", "none")));
    SERVICE.awaitAllTaken();

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
        SERVICE.context.getBean(QuarantineLog.class),
        SERVICE.context.getBean(Quarantine.class),
        SERVICE.context.getBean(TopicProperties.class),
        () -> Instant.now().plus(time));
  }

  @Test
  void eachReadingAndReplayIsOnRecord() throws Exception {
    var sam = SERVICE.unknownChild();
    SERVICE.topic.send(Play.by(sam, NOON).events());
    SERVICE.awaitAllTaken();
    SERVICE.register(sam);
    SERVICE.jdbc.sql("DELETE FROM audit_log").update();

    SERVICE.get(all());
    SERVICE.get(record(0));
    SERVICE.post(record(0) + "/replay");

    assertThat(
            SERVICE
                .jdbc
                .sql(
                    """
                    SELECT concat_ws(' ', actor, actor_role, action, child, ': ' || detail) FROM audit_log ORDER BY id
                    """)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "1 admin quarantine_read : list of records " + first,
            "1 admin look %s : GET %s".formatted(sam, record(0)),
            "1 admin quarantine_read %s : record %d".formatted(sam, first),
            "1 admin quarantine_replay : asked to send record %d again".formatted(first));
  }

  /** Without a record nothing is shown, and nothing sent. */
  @Test
  void whatCannotBePutOnRecordIsNotDone() throws Exception {
    var sam = SERVICE.unknownChild();
    SERVICE.topic.send(Play.by(sam, NOON).events());
    SERVICE.awaitAllTaken();
    SERVICE.register(sam);
    SERVICE.jdbc.sql("ALTER TABLE audit_log RENAME TO mislaid").update();
    try {
      for (var path : List.of(all(), record(0))) {
        var answer = SERVICE.send("GET", path, null);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(answer.body()).doesNotContain(sam.toString());
      }
      assertThat(SERVICE.send("POST", record(0) + "/replay", null).statusCode())
          .isGreaterThanOrEqualTo(500);
    } finally {
      SERVICE.jdbc.sql("ALTER TABLE mislaid RENAME TO audit_log").update();
    }
    assertThat(items().get(0).get("replayed_at").isNull()).isTrue();
  }

  @Test
  void topicsKeepWhatTheyHaveForAsLongAsTheSettingsSayAlsoIfTheyWereMadeOtherwise()
      throws Exception {
    var config =
        new ConfigResource(ConfigResource.Type.TOPIC, SERVICE.topic.name() + "-quarantine");
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
      new ServiceUnderTest(SERVICE.databaseUrl, LocalStack.shared().redis(), SERVICE.topic.name())
          .start()
          .close();
      await()
          .atMost(SharedService.PATIENCE)
          .untilAsserted(
              () -> assertThat(setting("retention.ms", admin, config)).isEqualTo("2592000000"));
      var events = new ConfigResource(ConfigResource.Type.TOPIC, SERVICE.topic.name());
      assertThat(setting("retention.ms", admin, events)).isEqualTo("259200000");
      var erasures =
          new ConfigResource(ConfigResource.Type.TOPIC, SERVICE.topic.name() + "-erasures");
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
    assertProblem(400, "since", QUARANTINE + "?since=yesterday");
    assertProblem(400, "cursor", QUARANTINE + "?cursor=-1");
    assertProblem(404, "record " + first, record(0));
    for (var role : List.of("parent", "professional")) {
      var token = ServiceUnderTest.TOKENS.token(role);
      assertThat(SERVICE.send("GET", QUARANTINE, null, token).statusCode()).isEqualTo(403);
      assertThat(SERVICE.send("POST", QUARANTINE + "/0/replay", null, token).statusCode())
          .isEqualTo(403);
    }
    assertThat(SERVICE.send("GET", QUARANTINE, null, null).statusCode()).isEqualTo(401);
  }

  @Test
  void onlyWhatWasSetAsideSinceATimeIsListed() {
    SERVICE.topic.sendRecords(List.of(SERVICE.record("{", "ce_type", "none")));
    SERVICE.awaitAllTaken();
    SERVICE.topic.sendRecords(List.of(SERVICE.record("{", "ce_type", "none")));
    SERVICE.awaitAllTaken();
    var second = Instant.ofEpochMilli(setAside().get(1).timestamp());

    var since = SERVICE.get(QUARANTINE + "?since=" + second).get("items");
    assertThat(since).hasSize(1);
    assertThat(since.get(0).get("id").intValue()).isEqualTo(first + 1);
    assertThat(SERVICE.get(QUARANTINE + "?since=" + second.plusSeconds(3_600)).get("items"))
        .isEmpty();
  }

  /** What this test has set aside, in order. */
  private List<ConsumerRecord<byte[], byte[]>> setAside() {
    return SERVICE.setAside(first);
  }

  private String fromFirst() {
    return first + "-999999999999999999";
  }

  private String all() {
    return QUARANTINE + "?cursor=" + fromFirst();
  }

  private JsonNode items() {
    return SERVICE.get(all()).get("items");
  }

  private String record(int number) {
    return QUARANTINE + "/" + (first + number);
  }

  private static void assertProblem(int status, String named, String path) {
    SERVICE.assertProblem(status, named, "GET", path, null);
  }
}
