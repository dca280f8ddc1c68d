package org.smileadventure.ingest.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;
import static org.smileadventure.ingest.fixture.SharedService.PATIENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.SharedService;
import org.smileadventure.localstack.RealServers;
import tools.jackson.databind.JsonNode;

@RealServers
class SeenTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final String SEEN = "/api/v1/quarantine/seen";
  private static final SharedService SERVICE = SharedService.get();

  private int first;

  @BeforeEach
  void first() {
    first = SERVICE.nextRecord();
  }

  @Test
  void recordsAreCountedByReasonAndDeletedOnesAreNot() {
    var malformed = records("malformed");
    var unknown = records("unknown_child");
    var replayed = replayed("malformed");
    SERVICE.topic.send(Play.by(SERVICE.unknownChild(), NOON).interactions(2, CORRECT).events());
    SERVICE.awaitAllTaken();
    setAsideMalformed(2);
    SERVICE.post("/api/v1/quarantine/" + (first + 3) + "/replay");
    await().atMost(PATIENCE).until(() -> SERVICE.setAside(first).size() == 6);
    delete(first + 4);

    var counts = counts();
    assertThat(records("unknown_child")).isEqualTo(unknown + 3);
    assertThat(records("malformed")).as("two, and one came back").isEqualTo(malformed + 2);
    assertThat(replayed("malformed")).isEqualTo(replayed + 1);
    assertThat(counts.get("complete").booleanValue()).isTrue();
    assertThat(counts.get("next_id").intValue()).isEqualTo(first + 7);
    assertThat(counts.get("counted").intValue())
        .isEqualTo(
            IntStream.range(0, counts.get("reasons").size())
                .map(i -> counts.get("reasons").get(i).get("records").intValue())
                .sum());
    var ofUnknown = reason("unknown_child");
    assertThat(Instant.parse(ofUnknown.get("newest_at").stringValue()))
        .isEqualTo(Instant.ofEpochMilli(SERVICE.setAside(first).get(2).timestamp()));
    assertThat(Instant.parse(ofUnknown.get("oldest_at").stringValue()))
        .isBeforeOrEqualTo(Instant.ofEpochMilli(SERVICE.setAside(first).getFirst().timestamp()));
  }

  @Test
  void whatWasSeenStaysSeenAndOnlyWhatComesAfterItIsNot() {
    setAsideMalformed(3);
    seen(first + 1);
    assertThat(counts().get("seen_up_to").intValue()).isEqualTo(first + 1);
    assertThat(counts().get("unseen").intValue()).isOne();
    assertThat(Instant.parse(counts().get("oldest_unseen_at").stringValue()))
        .isEqualTo(Instant.ofEpochMilli(SERVICE.setAside(first).getLast().timestamp()));
    assertThat(gauge("records")).isOne();
    assertThat(gauge("seconds")).isPositive();

    seen(0);
    assertThat(counts().get("seen_up_to").intValue()).as("never back").isEqualTo(first + 1);

    seen(first + 2);
    assertThat(counts().get("unseen").intValue()).isZero();
    assertThat(counts().get("oldest_unseen_at").isNull()).isTrue();
    assertThat(gauge("records")).isZero();
    assertThat(gauge("seconds")).isZero();

    setAsideMalformed(1);
    await().atMost(PATIENCE).until(() -> gauge("records") == 1);
    assertThat(
            SERVICE
                .jdbc
                .sql(
                    """
                    SELECT unseen || ' ' || end_id || ' ' || (extract(epoch FROM oldest_unseen_at) * 1000)::bigint
                    FROM quarantine_seen ORDER BY measured_at DESC LIMIT 1
                    """)
                .query(String.class)
                .single())
        .isEqualTo("1 %d %d".formatted(first + 4, SERVICE.setAside(first).getLast().timestamp()));
  }

  @Test
  void anAnswerIsKeptUntilSomebodyHasSeenMore() {
    setAsideMalformed(1);
    var counts =
        new QuarantineCounts(
            SERVICE.context.getBean(QuarantineLog.class),
            SERVICE.context.getBean(Replays.class),
            SERVICE.context.getBean(Seen.class),
            Duration.ofMinutes(10));
    var before = counts.count();
    setAsideMalformed(1);
    assertThat(counts.count()).isSameAs(before);

    seen(first + 1);
    var after = counts.count();
    assertThat(after.seenUpTo()).isEqualTo(first + 1);
    assertThat(after.nextId()).isEqualTo(first + 2);
    assertThat(after.unseen()).isZero();
    assertThat(counts.count()).isSameAs(after);
  }

  @Test
  void whatIsDeletedBeforeAnybodyHasSeenItIsNotUnseenForEver() {
    setAsideMalformed(2);
    seen(first);
    assertThat(gauge("records")).isOne();

    delete(first + 1);

    await().atMost(PATIENCE).until(() -> gauge("records") == 0);
    assertThat(gauge("seconds")).isZero();
    assertThat(counts().get("unseen").intValue()).isZero();
  }

  @Test
  void onlyARecordThatIsThereCanHaveBeenSeen() {
    setAsideMalformed(1);
    SERVICE.assertProblem(400, "up_to", "POST", SEEN, "{}");
    SERVICE.assertProblem(400, "up_to", "POST", SEEN, "{\"up_to\": -1}");
    SERVICE.assertProblem(400, "up_to", "POST", SEEN, "{\"up_to\": 1.5}");
    SERVICE.assertProblem(400, "up_to", "POST", SEEN, "{\"up_to\": %d}".formatted(first + 1));
  }

  /** More than can be known at a time are not lost: they are read again when there is room. */
  @Test
  void moreUnseenRecordsThanAreHeldAreFoundWhenOthersHaveBeenSeen() {
    var unseen = new UnseenRecords(-1, 4);
    unseen.take(records(0, 10), records -> records);
    unseen.readUpTo(10);
    assertThat(unseen.count()).isEqualTo(4);
    assertThat(unseen.oldest()).isEqualTo(Instant.ofEpochMilli(1_000));

    unseen.dropUpTo(7, 0);
    assertThat(unseen.next()).isEqualTo(8);
    unseen.take(records(8, 10), records -> records);
    assertThat(unseen.count()).isEqualTo(2);
    assertThat(unseen.oldest()).isEqualTo(Instant.ofEpochMilli(1_008));
  }

  private static List<ConsumerRecord<byte[], byte @Nullable []>> records(int from, int to) {
    return IntStream.range(from, to)
        .<ConsumerRecord<byte[], byte @Nullable []>>mapToObj(
            id ->
                new ConsumerRecord<byte[], byte @Nullable []>(
                    "t",
                    0,
                    id,
                    1_000 + id,
                    TimestampType.CREATE_TIME,
                    -1,
                    -1,
                    new byte[] {(byte) id},
                    new byte[0],
                    new RecordHeaders(),
                    Optional.empty()))
        .toList();
  }

  private void setAsideMalformed(int count) {
    for (int i = 0; i < count; i++) {
      SERVICE.topic.sendRecords(List.of(SERVICE.record("{", "ce_type", "none")));
    }
    SERVICE.awaitAllTaken();
  }

  private void delete(long id) {
    var key =
        SERVICE.setAside(first).stream()
            .filter(r -> r.offset() == id)
            .findFirst()
            .orElseThrow()
            .key();
    SERVICE.context.getBean(Quarantine.class).delete(List.of(key));
  }

  private static void seen(long upTo) {
    assertThat(SERVICE.send("POST", SEEN, "{\"up_to\": %d}".formatted(upTo)).statusCode())
        .isEqualTo(204);
  }

  private static JsonNode counts() {
    return SERVICE.get("/api/v1/quarantine/counts");
  }

  private static JsonNode reason(String name) {
    for (var reason : counts().get("reasons")) {
      if (reason.get("reason").stringValue().equals(name)) {
        return reason;
      }
    }
    return SharedService.JSON.readTree("{\"records\": 0, \"replayed\": 0}");
  }

  private static int records(String reason) {
    return reason(reason).get("records").intValue();
  }

  private static int replayed(String reason) {
    return reason(reason).get("replayed").intValue();
  }

  private static double gauge(String what) {
    return SERVICE.gauge("smile.quarantine.unseen." + what);
  }
}
