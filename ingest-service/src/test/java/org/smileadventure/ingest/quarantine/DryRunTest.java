package org.smileadventure.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;
import static org.smileadventure.common.event.Payload.Outcome.INCORRECT;
import static org.smileadventure.ingest.fixture.SharedService.PATIENCE;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.SharedService;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import tools.jackson.databind.JsonNode;

@RealServers
class DryRunTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final String CHECK = "/api/v1/quarantine/check";
  private static final String ALL_TABLES =
      """
      SELECT concat_ws(' ', (SELECT count(*) FROM session_events), (SELECT count(*) FROM game_sessions),
        (SELECT count(*) FROM dirty_child_months), (SELECT coalesce(sum(times), 0) FROM refused_events),
        (SELECT count(*) FROM pending_invalidation), (SELECT count(*) FROM late_sessions),
        (SELECT count(*) FROM quarantine_replay))
      """;
  private static final SharedService SERVICE = SharedService.get();

  private final ConfigResource events =
      new ConfigResource(ConfigResource.Type.TOPIC, SERVICE.topic.name());
  private int first;

  @BeforeEach
  void first() {
    first = SERVICE.nextRecord();
  }

  /** Each kind of outcome; of some the check cannot know without the other records. */
  @Test
  void checkTellsOfEachRecordWhatBecomesOfItWhenItIsSentAgain() throws Exception {
    SERVICE
        .jdbc
        .sql(
            "UPDATE forgotten_events SET least_session_id = least_session_id('2010-01-01T00:00:00Z')")
        .update();
    SERVICE
        .jdbc
        .sql("ALTER TABLE game_sessions ADD CHECK (scenario_name <> 'unbearable') NOT VALID")
        .update();
    var children = setAsideAllKinds();
    children.forEach(SERVICE::register);
    // The one that is no JSON, which comes back.
    SERVICE.post("/api/v1/quarantine/" + (first + 1) + "/replay");
    eventTopicTakes(20_000);
    try {
      var before = SERVICE.jdbc.sql(ALL_TABLES).query(String.class).single();
      var stored = meter("smile.ingest.stored");
      SERVICE.awaitAllTaken();
      var records = SERVICE.setAside(first);

      var told = verdicts();

      assertThat(SERVICE.jdbc.sql(ALL_TABLES).query(String.class).single()).isEqualTo(before);
      assertThat(meter("smile.ingest.stored")).isEqualTo(stored);
      assertThat(told.values())
          .contains(
              "stored",
              "duplicate",
              "too_large",
              "without_value",
              "already_replayed",
              "malformed",
              "unknown_type",
              "schema_violation",
              "clock_wrong",
              "unknown_child",
              "foreign_session",
              "forgotten_session",
              "divergent_duplicate",
              "too_many_sessions",
              "refused_by_database");
      assertThat(verdicts()).as("nothing is remembered").isEqualTo(told);
      assertReplayDoes(told, records);
    } finally {
      eventTopicTakes(1_048_588);
    }
  }

  /** Returns the children who were not known and will be. */
  private static List<ChildId> setAsideAllKinds() {
    var known = SERVICE.people.child(SERVICE.parent, "UTC");
    var sam = SERVICE.unknownChild();
    var kim = SERVICE.unknownChild();
    var ann = SERVICE.unknownChild();
    send(List.of(SERVICE.topic.record(Play.by(SERVICE.unknownChild(), NOON).events().getFirst())));
    send(List.of(SERVICE.record("{", "content-type", "application/cloudevents+json")));
    var play = Play.by(sam, NOON).interactions(2, CORRECT).completed(3);
    var others = Play.by(known, NOON).completed(1);
    SERVICE.topic.send(others.events());
    SERVICE.awaitAllTaken();
    SERVICE.topic.send(play.events());
    SERVICE.topic.send(play.events().subList(0, 2));
    SERVICE.topic.send(
        List.of(with(play.events().get(1), sam, new Payload.HelpRequested("step-1"))));
    SERVICE.topic.send(
        List.of(with(others.events().getFirst(), kim, others.events().getFirst().payload())));
    SERVICE.topic.send(Play.by(kim, Instant.parse("2005-05-05T12:00:00Z")).events());
    SERVICE.topic.send(Play.by(kim, NOON, named("unbearable")).interaction(INCORRECT).events());
    for (int i = 0; i < SharedService.SESSIONS_A_DAY + 2; i++) {
      SERVICE.topic.send(Play.by(ann, NOON).events());
    }
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).events());
    SERVICE.awaitAllTaken();
    var good = SERVICE.topic.record(Play.by(known, NOON).events().getFirst());
    send(
        List.of(
            changed(good, "session.started", "session.begun"),
            changed(good, "\"sequence\":1", "\"sequence\":0"),
            changed(good, "2025-05-05", "2999-05-05"),
            new ProducerRecord<>(SERVICE.topic.name(), 0, null, new byte[17 << 20]),
            new ProducerRecord<>(SERVICE.topic.name(), 0, null, noise(40_000))));
    return List.of(sam, kim, ann);
  }

  private static void send(List<ProducerRecord<byte[], byte[]>> records) {
    SERVICE.topic.sendRecords(records);
    SERVICE.awaitAllTaken();
  }

  private static Payload.SessionStarted named(String scenario) {
    return new Payload.SessionStarted(
        Payload.SessionType.DENTAL_VISIT, "id", scenario, null, null, null, null, null, null, null);
  }

  private static SessionEvent with(SessionEvent event, ChildId child, Payload payload) {
    return new SessionEvent(
        event.sessionId(), child, event.sequence(), event.occurredAt(), payload);
  }

  /** The record with another text in its value, or in the header with its type. */
  private static ProducerRecord<byte[], byte[]> changed(
      ProducerRecord<byte[], byte[]> good, String from, String to) {
    var changed =
        new ProducerRecord<>(
            good.topic(),
            good.partition(),
            good.key(),
            new String(good.value(), UTF_8).replace(from, to).getBytes(UTF_8));
    good.headers()
        .forEach(
            header ->
                changed
                    .headers()
                    .add(
                        header.key(),
                        from.equals(EventType.SESSION_STARTED.wireName())
                            ? new String(header.value(), UTF_8).replace(from, to).getBytes(UTF_8)
                            : header.value()));
    return changed;
  }

  private static byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** The outcome by the id of the record, over all pages. */
  private Map<Long, String> verdicts() {
    var verdicts = new TreeMap<Long, String>();
    // Within one page, so that each record is told with regard to the others.
    var page = check("limit=1000");
    page.get("items")
        .forEach(
            item -> verdicts.put(item.get("id").longValue(), item.get("outcome").stringValue()));
    assertThat(page.get("checked").intValue()).isEqualTo(verdicts.size());
    assertThat(page.get("next_cursor").isNull()).isTrue();
    page.get("outcomes")
        .forEach(
            outcome ->
                assertThat(verdicts.values().stream())
                    .filteredOn(outcome.get("outcome").stringValue()::equals)
                    .hasSize(outcome.get("records").intValue()));
    return verdicts;
  }

  private JsonNode check(String more) {
    return SERVICE.post(CHECK + "?cursor=" + first + "-999999999999999999&" + more);
  }

  private void assertReplayDoes(
      Map<Long, String> told, List<ConsumerRecord<byte[], byte[]>> records) {
    var stored = meter("smile.ingest.stored");
    var duplicates = meter("smile.ingest.duplicates");
    var end = records.getLast().offset() + 1;
    var notSendable = 0;
    var alreadySent = 0;
    for (var reason : reasons(records)) {
      var since = Instant.ofEpochMilli(records.getFirst().timestamp());
      var run = SERVICE.awaitEnd(SERVICE.startReplay(reason, since, 10_000, 1_000));
      assertThat(run.get("state").stringValue()).isEqualTo("completed");
      notSendable += run.get("not_sendable").intValue();
      alreadySent += run.get("already_sent").intValue();
      SERVICE.awaitAllTaken();
    }
    var back = new TreeMap<Long, String>();
    for (var again : SERVICE.setAside(end)) {
      for (var record : records) {
        if (text(record, "smile-origin").equals(text(again, "smile-origin"))
            && !"already_replayed".equals(told.get(record.offset()))) {
          back.put(record.offset(), text(again, "smile-reason"));
        }
      }
    }
    var expected = new TreeMap<>(told);
    expected
        .values()
        .removeIf(
            List.of("stored", "duplicate", "too_large", "without_value", "already_replayed")
                ::contains);
    assertThat(back).isEqualTo(expected);
    assertThat(notSendable).isEqualTo(count(told, "too_large") + count(told, "without_value"));
    assertThat(alreadySent).isGreaterThanOrEqualTo(count(told, "already_replayed"));
    assertThat(meter("smile.ingest.stored") - stored).isEqualTo(count(told, "stored"));
    assertThat(meter("smile.ingest.duplicates") - duplicates).isEqualTo(count(told, "duplicate"));
  }

  private static List<String> reasons(List<ConsumerRecord<byte[], byte[]>> records) {
    var reasons = new LinkedHashSet<String>();
    records.forEach(record -> reasons.add(text(record, "smile-reason")));
    return new ArrayList<>(reasons);
  }

  private static int count(Map<Long, String> told, String outcome) {
    return (int) told.values().stream().filter(outcome::equals).count();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(Objects.requireNonNull(record.headers().lastHeader(header)).value(), UTF_8);
  }

  private static int meter(String name) {
    return (int) SERVICE.context.getBean(MeterRegistry.class).counter(name).count();
  }

  /** Returns when the service sees it, too. */
  private void eventTopicTakes(int bytes) throws Exception {
    var setting = new ConfigEntry(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(events, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    var limit = SERVICE.context.getBean(RecordLimit.class);
    await().atMost(PATIENCE).until(() -> limit.get() == bytes);
  }

  @Test
  void checkTellsOfAllRecordsWhenTheyAreMoreThanAreLookedAtInATransaction() {
    var sam = SERVICE.unknownChild();
    SERVICE.topic.send(Play.by(sam, NOON).interactions(119, CORRECT).events());
    SERVICE.awaitAllTaken();
    SERVICE.register(sam);

    var page = check("limit=1000");

    assertThat(page.get("checked").intValue()).isEqualTo(120);
    assertThat(page.get("outcomes")).hasSize(1);
    assertThat(page.at("/outcomes/0/outcome").stringValue()).isEqualTo("stored");
    assertThat(page.at("/outcomes/0/records").intValue()).isEqualTo(120);
  }

  @Test
  void checkGoesOnWhereThePageBeforeEndedAndIsOnRecord() {
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).interactions(4, CORRECT).events());
    SERVICE.awaitAllTaken();
    SERVICE.jdbc.sql("DELETE FROM audit_log").update();

    var one = check("limit=3");
    assertThat(one.get("items")).hasSize(3);
    var two = SERVICE.post(CHECK + "?limit=3&cursor=" + one.get("next_cursor").stringValue());
    assertThat(two.get("items")).hasSize(2);
    assertThat(two.get("items").get(0).get("id").intValue()).isEqualTo(first + 3);
    assertThat(check("reason=malformed").get("checked").intValue()).isZero();

    assertThat(
            SERVICE
                .jdbc
                .sql("SELECT action || ': ' || detail FROM audit_log ORDER BY id LIMIT 1")
                .query(String.class)
                .single())
        .isEqualTo(
            "quarantine_read: check of records %d, %d, %d".formatted(first, first + 1, first + 2));
    SERVICE.assertProblem(400, "limit", "POST", CHECK + "?limit=1001", null);
    SERVICE.assertProblem(400, "reason", "POST", CHECK + "?reason=bad_mood", null);
  }
}
