package org.smileadventure.common.store;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.common.fixture.SessionTable;
import org.smileadventure.common.fold.Course;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class SessionRowsTest {
  private static final int SESSIONS = Integer.getInteger("smile.sessions", 400);
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final SessionRows rows = new SessionRows(DB);
  private ChildId sam = new ChildId(1);

  @BeforeEach
  void child() {
    DB.sql("TRUNCATE auth_users, dirty_child_months CASCADE").update();
    var people = new People(DB);
    sam = people.child(people.parent("parent@example.org"), "Europe/Rome");
  }

  @Test
  void everyColumnIsThatOfTheOracle() {
    var seed = Long.getLong("smile.seed", new Random().nextLong());
    var random = new Random(seed);
    var sessions = new ArrayList<Session>();
    var expected = new HashMap<SessionId, Map<String, @Nullable Object>>();
    for (int i = 0; i < SESSIONS; i++) {
      var events = RandomPlay.by(sam, random);
      var zone = RandomHistory.anyZone(random);
      var silent = random.nextBoolean();
      var row =
          silent ? SessionOracle.rowClosedBySilence(events, zone) : SessionOracle.row(events, zone);
      row.ifPresent(columns -> expected.put(events.getFirst().sessionId(), columns));
      SessionFold.of(events, null, zone, silent).ifPresent(sessions::add);
    }
    rows.write(sessions);
    assertThat(SessionTable.rows(DB, expected.keySet())).as("seed %d", seed).isEqualTo(expected);
    assertThat(coursesRead())
        .as("seed %d", seed)
        .isEqualTo(
            sessions.stream()
                .map(session -> session.figures().course())
                .filter(Objects::nonNull)
                .collect(toSet()));
  }

  private static Set<Course> coursesRead() {
    return DB.sql("SELECT emotions::text FROM game_sessions WHERE emotions IS NOT NULL")
        .query((row, _) -> Course.parse(row.getString(1)))
        .set();
  }

  @Test
  void aSessionIsWrittenOverWhatIsThereOfIt() {
    for (int i = 0; i < 20; i++) {
      var seed = new Random().nextLong();
      var random = new Random(seed);
      var events = RandomPlay.by(sam, random);
      var some = new ArrayList<>(events);
      some.removeIf(_ -> random.nextInt(3) == 0);
      rows.write(fold(some, random.nextBoolean()));
      rows.write(fold(events, false));
      var expected = SessionOracle.row(events, ROME);
      assertThat(
              Optional.ofNullable(
                  SessionTable.rows(DB, List.of(events.getFirst().sessionId()))
                      .get(events.getFirst().sessionId())))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void monthsBeforeAndAfterAreMarked() {
    var play = Play.by(sam, Instant.parse("2025-05-31T21:59:59Z"));
    rows.write(fold(play.events(), false));
    assertThat(dirty()).containsExactly(LocalDate.of(2025, 5, 1));
    var before = version();
    var moved = new ArrayList<>(play.events());
    moved.set(0, at(play.events().getFirst(), Instant.parse("2025-05-31T22:00:00Z")));
    rows.write(fold(moved, false));
    assertThat(dirty()).containsExactly(LocalDate.of(2025, 5, 1), LocalDate.of(2025, 6, 1));
    assertThat(version()).isGreaterThan(before);
  }

  @Test
  void whatIsWrittenAgainIsNewlyWritten() {
    var play = Play.by(sam, Instant.parse("2025-05-05T12:00:00Z"));
    rows.write(fold(play.events(), false));
    rows.write(fold(play.completed(5).events(), false));
    assertThat(
            DB.sql("SELECT updated_at > created_at FROM game_sessions")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void textsAreKeptAsTheyAre() {
    var odd = "\"'\\{},NULL\n🦷 ";
    var started =
        new SessionStarted(
            Payload.SessionType.DENTAL_VISIT,
            odd,
            odd,
            "NULL",
            odd,
            odd,
            "",
            odd,
            true,
            EmotionalState.CALM);
    var play =
        Play.by(sam, Instant.parse("2025-05-05T12:00:00Z"), started)
            .achievement(odd)
            .then(new Payload.EmotionObserved(EmotionalState.ANXIOUS, 1, odd, null))
            .then(new Payload.RegulationUsed(odd, 3, true))
            .completed(1)
            .then(new Payload.ParentRated(4, odd, Map.of(odd, List.of(odd, 1.5, 10_000_000_000L))));
    rows.write(fold(play.events(), false));
    assertThat(SessionTable.rows(DB, List.of(play.session())).get(play.session()))
        .isEqualTo(SessionOracle.row(play.events(), ROME).orElseThrow());
  }

  @Test
  void nothingIsWrittenOfNothing() {
    rows.write(List.of());
    assertThat(dirty()).isEmpty();
  }

  private static List<Session> fold(List<SessionEvent> events, boolean closedBySilence) {
    return SessionFold.of(
            events.stream().sorted(comparingInt(SessionEvent::sequence)).toList(),
            null,
            ROME,
            closedBySilence)
        .stream()
        .toList();
  }

  private static SessionEvent at(SessionEvent event, Instant moment) {
    return new SessionEvent(
        event.sessionId(), event.childId(), event.sequence(), moment, event.payload());
  }

  private static List<@Nullable LocalDate> dirty() {
    return DB.sql("SELECT month FROM dirty_child_months ORDER BY month")
        .query(LocalDate.class)
        .list();
  }

  private static long version() {
    return DB.sql("SELECT version FROM dirty_child_months WHERE month = '2025-05-01'")
        .query(Long.class)
        .single();
  }
}
