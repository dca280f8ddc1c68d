package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.ingest.fixture.StoredRows;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Children of whom nothing may be kept, or nothing done with what is kept. */
@RealServers
class ChildOfNobodyTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DATABASE_URL = MigratedDatabase.newUrl();
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.dataSource(DATABASE_URL));
  private static final StoredRows ROWS = new StoredRows(MigratedDatabase.dataSource(DATABASE_URL));
  private static final People PEOPLE = new People(DB);
  private static final long PARENT = PEOPLE.parent("parent@example.org");

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE_URL, LocalStack.shared().redis(), TOPIC.name())
          .with("smile.ingest.compute-late-every=300ms")
          .start();

  private final ChildId sam = PEOPLE.child(PARENT, "Europe/Rome");
  private final ChildId kim = PEOPLE.child(PARENT, "Europe/Rome");
  private final Game game = Game.of(SERVICE, List.of(sam, kim));
  private int setAside;

  @BeforeEach
  void setAside() {
    awaitAllTaken();
    setAside = TOPIC.quarantine().size();
  }

  @Test
  void deviceOfAnErasedChildIsToldSo() {
    erase(sam);
    var ofSam = Play.by(sam, NOON).completed(7).events();
    var ofKim = Play.by(kim, NOON).completed(7).events();

    assertThat(game.sendStructured(ofSam.getFirst()).problem(410).path("reason").asString())
        .isEqualTo("erased_child");
    var all = game.sendBatch(ofSam);
    assertThat(all.problem(410).path("reason").asString()).isEqualTo("erased_child");
    assertThat(all.verdicts()).hasSameSizeAs(ofSam).containsOnly("erased_child");
    var mixed = game.sendBatch(Stream.of(ofKim, ofSam).flatMap(List::stream).toList());
    assertThat(mixed.accepted().path("accepted").intValue()).isEqualTo(ofKim.size());
    assertThat(mixed.verdicts()).contains("accepted", "erased_child");

    // Another household's device learns nothing.
    assertThat(
            Game.of(SERVICE, List.of(kim))
                .sendStructured(ofSam.getFirst())
                .problem(403)
                .path("reason")
                .asString())
        .isEqualTo("foreign_child");
    awaitAllTaken();
    assertThat(ROWS.events(List.of(ofKim.getFirst().sessionId()))).isEqualTo(ofKim);
  }

  @Test
  void whatComesByKafkaOfAnErasedChildIsCountedOnly() {
    erase(sam);
    var dropped = dropped(Rejection.ERASED_CHILD);
    var play = Play.by(sam, NOON).interactions(4, CORRECT).completed(7).events();

    TOPIC.send(play);
    TOPIC.sendRecords(List.of(broken(sam, "{\"childId\": " + sam + ", \"a\""), broken(sam, "[")));

    awaitAllTaken();
    assertThat(TOPIC.quarantine()).hasSize(setAside);
    assertThat(ROWS.events(List.of(play.getFirst().sessionId()))).isEmpty();
    assertThat(refused(sam)).isEmpty();
    assertThat(dropped(Rejection.ERASED_CHILD)).isEqualTo(dropped + play.size() + 2);
  }

  @Test
  void withoutConsentNothingIsKeptOfWhatAChildPlays() {
    PEOPLE.consent(sam, "play_analytics", null, false);
    var dropped = dropped(Rejection.NO_CONSENT);
    var play = Play.by(sam, NOON).interactions(4, CORRECT).completed(7).events();

    game.sendBatch(play).allAccepted(play.size());
    TOPIC.sendRecords(List.of(broken(sam, "[")));

    awaitAllTaken();
    assertThat(TOPIC.quarantine()).hasSize(setAside);
    assertThat(ROWS.events(List.of(play.getFirst().sessionId()))).isEmpty();
    assertThat(dropped(Rejection.NO_CONSENT)).isEqualTo(dropped + play.size() + 1);
    // Its device can learn why, and nothing else is there.
    assertThat(refused(sam))
        .containsExactly(
            "00000000-0000-0000-0000-000000000000 0  no_consent "
                + play.size()
                + " childId: nobody consented to keeping what this child plays");

    PEOPLE.consent(sam, "play_analytics", null, true);
    var again = Play.by(sam, NOON).completed(7);
    game.sendBatch(again.events()).allAccepted(again.events().size());
    awaitAllTaken();
    assertThat(ROWS.session(again.session())).containsEntry("completion_status", "completed");
  }

  @Test
  void eventsOfARestrictedChildAreStoredAndWait() {
    restrict("now()");
    var play =
        Play.by(sam, NOON)
            .interactions(4, CORRECT)
            .then(Play.brushing(5, null, null, null, null))
            .completed(7);
    var ofKim = Play.by(kim, NOON).then(Play.brushing(5, null, null, null, null)).completed(7);
    game.sendBatch(play.events()).allAccepted(play.events().size());
    game.sendBatch(ofKim.events()).allAccepted(ofKim.events().size());

    await().atMost(PATIENCE).until(() -> !ROWS.session(ofKim.session()).isEmpty());
    awaitAllTaken();
    await().during(Duration.ofSeconds(1)).until(() -> ROWS.session(play.session()).isEmpty());
    assertThat(ROWS.events(List.of(play.session()))).isEqualTo(play.events());
    assertThat(activities(sam)).isZero();
    assertThat(activities(kim)).isOne();
    assertThat(ROWS.dirtyMonths().keySet()).noneMatch(month -> month.child().equals(sam));

    restrict("NULL");
    await()
        .atMost(PATIENCE)
        .until(() -> "completed".equals(ROWS.session(play.session()).get("completion_status")));
    assertThat(activities(sam)).isOne();
    assertThat(ROWS.dirtyMonths().keySet()).anyMatch(month -> month.child().equals(sam));
  }

  private void restrict(String since) {
    DB.sql("UPDATE children SET restricted_at = %s WHERE id = ?".formatted(since))
        .param(sam.value())
        .update();
  }

  /** As query-api asks for it; returns when it is done. */
  private void erase(ChildId child) {
    DB.sql("UPDATE children SET is_active = false, play_consent = false WHERE id = ?")
        .param(child.value())
        .update();
    DB.sql("INSERT INTO revocations (subject, until) VALUES (?, now() + interval '31 days')")
        .param("child:" + child)
        .update();
    DB.sql("INSERT INTO erasures (id, child, asked_as) VALUES (gen_random_uuid(), ?, 'parent')")
        .param(child.value())
        .update();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                DB.sql("SELECT count(*) FROM erasures WHERE swept_at IS NULL")
                        .query(Long.class)
                        .single()
                    == 0);
  }

  private static long activities(ChildId child) {
    return DB.sql("SELECT count(*) FROM activities WHERE child_id = ?")
        .param(child.value())
        .query(Long.class)
        .single();
  }

  private static List<String> refused(ChildId child) {
    return DB.sql(
            """
            SELECT concat_ws(' ', session_id, seq, type, reason, times, detail)
            FROM refused_events WHERE child_id = ?
            """)
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static double dropped(Rejection reason) {
    return SERVICE
        .getBean(MeterRegistry.class)
        .get("smile.ingest.dropped")
        .tags("reason", reason.wireName())
        .counter()
        .count();
  }

  private static ProducerRecord<byte[], byte[]> broken(ChildId child, String value) {
    var kafkaRecord =
        new ProducerRecord<>(TOPIC.name(), child.toString().getBytes(UTF_8), value.getBytes(UTF_8));
    Map.of("ce_type", "emotion.observed", "ce_id", "1", "ce_source", "/", "ce_specversion", "1.0")
        .forEach((name, text) -> kafkaRecord.headers().add(name, text.getBytes(UTF_8)));
    return kafkaRecord;
  }

  private static void awaitAllTaken() {
    await().atMost(PATIENCE).until(() -> TOPIC.lag() == 0);
  }
}
