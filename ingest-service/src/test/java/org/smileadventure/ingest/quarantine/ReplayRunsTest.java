package org.smileadventure.ingest.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;
import static org.smileadventure.ingest.fixture.SharedService.PATIENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.SharedService;
import org.smileadventure.localstack.RealServers;
import tools.jackson.databind.JsonNode;

@RealServers
class ReplayRunsTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final String RUNS = "/api/v1/quarantine/replays";
  private static final SharedService SERVICE = SharedService.get();

  private int first;

  @BeforeEach
  void first() {
    first = SERVICE.nextRecord();
  }

  @Test
  void eventsOfAChildThatHasBecomeKnownAreSentAgainByTheirReason() {
    var replayed = SERVICE.counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD);
    var malformed = SERVICE.counter("smile.ingest.quarantined", Rejection.MALFORMED);
    var play =
        setAside(Play.by(SERVICE.unknownChild(), NOON).interactions(6, CORRECT).completed(9));
    SERVICE.topic.sendRecords(
        List.of(SERVICE.record("{", "content-type", "application/cloudevents+json")));
    SERVICE.awaitAllTaken();

    var once = SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 1_000, 1_000));

    assertRun(once, "completed", 8, 0, 0);
    assertThat(once.get("looked_at").intValue()).isEqualTo(9);
    assertThat(once.get("asked_by").stringValue()).isEqualTo("1");
    assertThat(once.get("ended_at").isNull()).isFalse();
    assertThat(once.get("failure").isNull()).isTrue();
    SERVICE.awaitAllTaken();
    assertThat(SERVICE.rows.events(List.of(play.session()))).isEqualTo(play.events());
    var row = SERVICE.rows.session(play.session());
    assertThat(row).containsEntry("interactions_count", 6);

    var again = SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 1_000, 1_000));
    assertRun(again, "completed", 0, 8, 0);
    SERVICE.awaitAllTaken();
    assertThat(SERVICE.rows.session(play.session())).isEqualTo(row);
    assertThat(SERVICE.setAside(first)).hasSize(9);
    assertThat(SERVICE.counter("smile.quarantine.replayed", Rejection.UNKNOWN_CHILD))
        .isEqualTo(replayed + 8);
    assertThat(SERVICE.counter("smile.ingest.quarantined", Rejection.MALFORMED))
        .isEqualTo(malformed + 1);
  }

  /** What is refused again comes behind the end of the run, or it would never end. */
  @Test
  void whatIsRefusedAgainIsNotSentAgainByTheSameRun() {
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).interactions(3, CORRECT).events());
    SERVICE.awaitAllTaken();

    var run = SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 1_000, 1_000));

    assertRun(run, "completed", 4, 0, 0);
    await().atMost(PATIENCE).until(() -> SERVICE.setAside(first).size() == 8);
  }

  @Test
  void runSendsNotMoreAndNotFasterThanItWasTold() {
    setAside(Play.by(SERVICE.unknownChild(), NOON).interactions(9, CORRECT));

    var run = SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 6, 4));

    assertRun(run, "completed", 6, 0, 0);
    assertThat(
            SERVICE
                .jdbc
                .sql(
                    """
                    SELECT extract(epoch FROM max(replayed_at) - min(replayed_at)) FROM quarantine_replay
                    WHERE id >= :first
                    """)
                .param("first", first)
                .query(Double.class)
                .single())
        .isGreaterThanOrEqualTo(5 / 4.0);
    assertRun(
        SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 1_000, 1_000)),
        "completed",
        4,
        6,
        0);
  }

  @Test
  void oneRunGoesOnAtATimeUntilItIsStopped() {
    setAside(Play.by(SERVICE.unknownChild(), NOON).interactions(60, CORRECT));
    SERVICE.jdbc.sql("DELETE FROM audit_log").update();

    var run = SERVICE.startReplay("unknown_child", since(), 1_000, 1);
    SERVICE.assertProblem(409, "goes on", "POST", RUNS, "{\"reason\": \"malformed\"}");
    await()
        .atMost(PATIENCE)
        .until(() -> SERVICE.get(SharedService.path(run)).get("sent").intValue() > 0);
    for (int i = 0; i < 2; i++) {
      assertThat(SERVICE.send("POST", SharedService.path(run) + "/stop", null).statusCode())
          .isEqualTo(202);
    }

    var stopped = SERVICE.get(SharedService.path(run));
    assertThat(stopped.get("state").stringValue()).isEqualTo("stopped");
    assertThat(stopped.get("sent").intValue()).isLessThan(60);
    await()
        .during(Duration.ofMillis(1_500))
        .atMost(PATIENCE)
        .until(
            () ->
                SERVICE.get(SharedService.path(run)).get("sent").intValue()
                    <= stopped.get("sent").intValue() + 1);
    assertThat(
            SERVICE
                .jdbc
                .sql(
                    "SELECT concat_ws(' ', actor, actor_role, action, detail) FROM audit_log ORDER BY id")
                .query(String.class)
                .list())
        .hasSize(3)
        .first()
        .asString()
        .matches(
            "1 admin quarantine_replay run %d: unknown_child since .*, at most 1000, 1 a second"
                .formatted(run.get("id").longValue()));
  }

  @Test
  void recordWhoseValueWasTooLargeIsCountedAndNotSent() {
    SERVICE.topic.sendRecords(
        List.of(new ProducerRecord<>(SERVICE.topic.name(), 0, new byte[3], new byte[17 << 20])));
    SERVICE.awaitAllTaken();

    assertRun(
        SERVICE.awaitEnd(SERVICE.startReplay("malformed", since(), 10, 10)), "completed", 0, 0, 1);
  }

  /** A batch that comes again after a crash is set aside again, under the same keys. */
  @Test
  void recordThatStandsThereTwiceIsSentOnceAndOneThatIsDeletedIsNot() {
    setAside(Play.by(SERVICE.unknownChild(), NOON).interactions(2, CORRECT));
    var records = SERVICE.setAside(first);
    SERVICE.topic.sendRecords(
        List.of(
            again(records.getFirst(), records.getFirst().value()), again(records.get(1), null)));

    var run = SERVICE.awaitEnd(SERVICE.startReplay("unknown_child", since(), 1_000, 1_000));

    assertRun(run, "completed", 2, 0, 0);
    assertThat(
            SERVICE
                .jdbc
                .sql("SELECT id FROM quarantine_replay WHERE id >= :first ORDER BY id")
                .param("first", first)
                .query(Integer.class)
                .list())
        .containsExactly(first + 2, first + 3);
  }

  private static ProducerRecord<byte[], byte[]> again(
      ConsumerRecord<byte[], byte[]> record, byte @Nullable [] value) {
    return new ProducerRecord<>(record.topic(), 0, record.key(), value, record.headers());
  }

  @Test
  void runOfATopicThatWasMadeAnewFailsInWords() {
    assertFails("another", "malformed", "made anew");
  }

  @Test
  void runWithAReasonThatThisVersionDoesNotKnowFailsInWords() {
    assertFails(SERVICE.topic.quarantineId(), "bad_mood", "no reason bad_mood");
  }

  private static void assertFails(String topicId, String reason, String why) {
    var id =
        SERVICE
            .jdbc
            .sql(
                """
                INSERT INTO quarantine_replay_run (topic_id, reason, most, per_second, asked_by, next_id, end_id)
                VALUES (:topic_id, :reason, 1, 1, '1', 0, 1) RETURNING id
                """)
            .param("topic_id", topicId)
            .param("reason", reason)
            .query(Long.class)
            .single();
    await()
        .atMost(PATIENCE)
        .until(() -> SERVICE.get(RUNS + "/" + id).get("state").stringValue().equals("failed"));
    assertThat(SERVICE.get(RUNS + "/" + id).get("failure").stringValue()).contains(why);
  }

  @Test
  void runsAreListedTheLastOnesFirst() {
    SERVICE.topic.sendRecords(List.of(SERVICE.record("{", "ce_type", "none")));
    SERVICE.awaitAllTaken();
    var one = SERVICE.awaitEnd(SERVICE.startReplay("clock_wrong", since(), 1, 1));
    var two = SERVICE.awaitEnd(SERVICE.startReplay("clock_wrong", since(), 1, 1));

    var page = SERVICE.get(RUNS + "?limit=1");
    assertThat(page.get("items").get(0)).isEqualTo(two);
    var next = SERVICE.get(RUNS + "?limit=1&cursor=" + page.get("next_cursor").stringValue());
    assertThat(next.get("items").get(0)).isEqualTo(one);
  }

  @Test
  void whoAsksForWhatCannotBeIsToldTheField() {
    for (var body :
        List.of(
            "{}",
            "{\"reason\": \"bad_mood\"}",
            "{\"reason\": \"malformed\", \"most\": 0}",
            "{\"reason\": \"malformed\", \"most\": 100001}",
            "{\"reason\": \"malformed\", \"per_second\": 1001}",
            "{\"reason\": \"malformed\", \"since\": \"yesterday\"}")) {
      var field =
          List.of("since", "per_second", "most", "reason").stream()
              .filter(name -> body.contains('"' + name + '"'))
              .findFirst()
              .orElse("reason");
      SERVICE.assertProblem(400, field, "POST", RUNS, body);
    }
    SERVICE.assertProblem(404, "999999", "GET", RUNS + "/999999", null);
    SERVICE.assertProblem(404, "999999", "POST", RUNS + "/999999/stop", null);
    SERVICE.assertProblem(400, "limit", "GET", RUNS + "?limit=0", null);
  }

  /** Of a child that was not known when its events came, and is now. */
  private static Play setAside(Play play) {
    SERVICE.topic.send(play.events());
    SERVICE.awaitAllTaken();
    SERVICE.register(play.events().getFirst().childId());
    return play;
  }

  /** When the first record of this test was set aside. */
  private Instant since() {
    return Instant.ofEpochMilli(SERVICE.setAside(first).getFirst().timestamp());
  }

  private static void assertRun(
      JsonNode run, String state, int sent, int alreadySent, int notSendable) {
    assertThat(run.get("state").stringValue()).as(run.toString()).isEqualTo(state);
    assertThat(run.get("sent").intValue()).isEqualTo(sent);
    assertThat(run.get("already_sent").intValue()).isEqualTo(alreadySent);
    assertThat(run.get("not_sendable").intValue()).isEqualTo(notSendable);
  }
}
