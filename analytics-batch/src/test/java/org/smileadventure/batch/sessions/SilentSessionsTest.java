package org.smileadventure.batch.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.common.fixture.SessionTable;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Time goes by in that what is stored is made to have been received earlier. */
@RealServers
class SilentSessionsTest {
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Duration SIX_HOURS = Duration.ofHours(6);

  private final String url = MigratedDatabase.newUrl();
  private final DataSource dataSource = MigratedDatabase.dataSource(url);
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private ChildId sam;

  @BeforeEach
  void sam() {
    sam = child();
  }

  @Test
  void sessionSilentForTooLongIsAbandonedAtItsLastEvent() {
    var play =
        Play.by(sam, NOON)
            .interactions(7, CORRECT)
            .feeling(EmotionalState.CALM)
            .after(Duration.ofMinutes(20))
            .help()
            .rated(4);
    store(play.events());
    pass(SIX_HOURS.plusMinutes(1));

    closeSilent();

    assertThat(row(play)).isEqualTo(closedRow(play.events()));
    assertThat(row(play))
        .containsEntry("completion_status", "abandoned")
        .containsEntry("closed_by_silence", true)
        .containsEntry("ended_at", NOON.plusSeconds(8 + 20 * 60));
    assertThat(count("SELECT count(*) FROM pending_invalidation WHERE child_id = " + sam)).isOne();
  }

  @Test
  void sessionThatWasHeardOfStaysOpen() {
    var play = Play.by(sam, NOON).interactions(7, CORRECT);
    store(play.events());
    pass(Duration.ofHours(7));
    var told = play.events().size();
    play.help();
    store(play.events().subList(told, told + 1));

    closeSilent();
    assertThat(row(play)).containsEntry("completion_status", "in_progress");

    pass(SIX_HOURS.plusMinutes(1));
    closeSilent();
    assertThat(row(play)).isEqualTo(closedRow(play.events()));
  }

  @Test
  void sessionOfTheSameIdThatAnotherChildIsHeardOfInStaysOpen() {
    var other = child();
    var play = Play.by(sam, NOON).help();
    store(play.events());
    pass(Duration.ofHours(7));
    store(
        play.events().stream()
            .map(
                e ->
                    new SessionEvent(
                        e.sessionId(), other, e.sequence(), e.occurredAt(), e.payload()))
            .toList());

    closeSilent();

    assertThat(statusOf(sam)).isEqualTo("abandoned");
    assertThat(statusOf(other)).isEqualTo("in_progress");
  }

  private String statusOf(ChildId child) {
    return jdbc.sql("SELECT completion_status FROM game_sessions WHERE child_id = :child")
        .param("child", child.value())
        .query(String.class)
        .single();
  }

  @Test
  void monthsOfClosedSessionsAreMarkedForTheirSummary() {
    store(Play.by(sam, Instant.parse("2025-05-31T22:30:00Z")).help().events());
    pass(Duration.ofHours(7));
    jdbc.sql("DELETE FROM dirty_child_months").update();

    closeSilent();

    assertThat(jdbc.sql("SELECT month FROM dirty_child_months").query(LocalDate.class).list())
        .containsExactly(LocalDate.parse("2025-06-01"));
  }

  @Test
  void sessionThatEndedIsLeftAlone() {
    var play = Play.by(sam, NOON).interactions(3, CORRECT).completed(5);
    store(play.events());
    var row = row(play);
    pass(Duration.ofHours(7));

    closeSilent();

    assertThat(row(play)).isEqualTo(row);
    assertThat(count("SELECT count(*) FROM pending_invalidation")).isZero();
  }

  @Test
  void sessionOfAForgottenMonthIsClosedWithoutALength() {
    var play = Play.by(sam, NOON).help();
    store(play.events());
    pass(Duration.ofHours(7));
    jdbc.sql("SELECT forget_session_events('2025-06-01')").query(_ -> {});
    jdbc.sql("DELETE FROM dirty_child_months").update();

    closeSilent();

    assertThat(row(play))
        .containsEntry("completion_status", "abandoned")
        .containsEntry("closed_by_silence", true)
        .containsEntry("ended_at", NOON)
        .containsEntry("duration_seconds", null)
        .containsEntry(
            "data_quality_notes", List.of(Map.of("rule", "events_forgotten", "severity", "error")));
    assertThat(count("SELECT count(*) FROM dirty_child_months")).isOne();
    assertThat(count("SELECT count(*) FROM pending_invalidation")).isOne();
  }

  @Test
  void sessionWithoutAStartIsClosedToo() {
    var play = Play.by(sam, NOON).interactions(2, CORRECT);
    store(play.events().subList(1, 3));
    pass(Duration.ofHours(7));

    closeSilent();

    assertThat(row(play.events())).isEqualTo(closedRow(play.events().subList(1, 3)));
  }

  @Test
  void childWhomIngestIsJustWritingHasTheirTurnNextTime() throws Exception {
    var play = Play.by(sam, NOON).help();
    store(play.events());
    var other = Play.by(child(), NOON).help();
    store(other.events());
    pass(Duration.ofHours(7));
    try (var writer = MigratedDatabase.withoutPool(url).getConnection();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("SELECT FROM children WHERE id = %s FOR NO KEY UPDATE".formatted(sam));

      closeSilent();

      assertThat(row(play)).containsEntry("completion_status", "in_progress");
      assertThat(row(other)).containsEntry("completion_status", "abandoned");
      writer.rollback();
    }
    closeSilent();
    assertThat(row(play)).containsEntry("completion_status", "abandoned");
  }

  @Test
  void rowsOfAllThatIsClosedAreThoseOfTheOracle() {
    var seed = Long.getLong("smile.seed", new Random().nextLong());
    var random = new Random(seed);
    var plays = new ArrayList<List<SessionEvent>>();
    for (int i = 0; i < 60; i++) {
      var told = RandomPlay.by(sam, random);
      plays.add(told.subList(0, 1 + random.nextInt(told.size())));
    }
    store(plays.stream().flatMap(List::stream).toList());
    pass(Duration.ofHours(7));

    closeSilent();

    for (var told : plays) {
      var open = SessionOracle.row(told, ROME);
      var expected =
          open.filter(row -> "in_progress".equals(row.get("completion_status"))).isPresent()
              ? SessionOracle.rowClosedBySilence(told, ROME)
              : open;
      assertThat(row(told)).as("seed %d", seed).isEqualTo(expected.orElse(null));
    }
  }

  private ChildId child() {
    var people = new People(jdbc);
    return people.child(
        people.parent("parent-" + System.nanoTime() + "@example.org"), ROME.getId());
  }

  private void store(List<SessionEvent> events) {
    StoredHistory.store(jdbc, events);
  }

  private void pass(Duration time) {
    Silence.pass(jdbc, time);
  }

  private void closeSilent() {
    var children =
        jdbc.sql("SELECT id FROM children").query((row, _) -> new ChildId(row.getLong(1))).list();
    new TransactionTemplate(new DataSourceTransactionManager(dataSource))
        .executeWithoutResult(_ -> Silence.close(jdbc, SIX_HOURS, children));
  }

  private Map<String, @Nullable Object> row(Play play) {
    return Objects.requireNonNull(row(play.events()));
  }

  private @Nullable Map<String, @Nullable Object> row(List<SessionEvent> events) {
    var session = events.getFirst().sessionId();
    return SessionTable.rows(jdbc, List.of(session)).get(session);
  }

  private static Map<String, @Nullable Object> closedRow(List<SessionEvent> events) {
    return SessionOracle.rowClosedBySilence(events, ROME).orElseThrow();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
