package org.smileadventure.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.ingest.store.EventStore.Refused;
import org.smileadventure.localstack.RealServers;

@RealServers
class RetentionTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  private final FreshStore fresh = FreshStore.create();
  private final ChildId sam = fresh.child(ROME.getId());

  @BeforeEach
  void months() {
    ensurePartitions("2025-03-01", "2025-06-01");
  }

  @AfterEach
  void close() {
    fresh.close();
  }

  @Test
  void partitionsBeforeTheMonthGoAndTheOthersStay() {
    var old = played("2025-03-31T23:59:59.999Z");
    var older = played("2025-04-30T23:59:59.999Z");
    var kept = played("2025-05-01T00:00:00Z");
    var newer = played("2025-06-05T12:00:00Z");

    assertThat(forget("2025-05-15")).isEqualTo(2);

    assertThat(partitions())
        .contains("session_events_2025_05", "session_events_2025_06", "session_events_default")
        .doesNotContain("session_events_2025_03", "session_events_2025_04");
    assertThat(tableExists("session_events_2025_03")).isFalse();
    assertThat(tableExists("session_events_2025_04")).isFalse();
    assertThat(eventsOf(old, older)).isEmpty();
    assertThat(eventsOf(kept)).isEqualTo(kept.events());
    assertThat(eventsOf(newer)).isEqualTo(newer.events());
    assertThat(forget("2025-05-15")).isZero();
    assertThat(forget("2025-03-01")).as("an earlier month than before").isZero();
    assertThat(eventsOf(kept)).isEqualTo(kept.events());
  }

  @Test
  void oldEventsInTheDefaultPartitionGoAsWell() {
    var old = played("2024-01-05T12:00:00Z");
    var kept = played("2025-07-05T12:00:00Z");
    assertThat(partitionOf(old)).isEqualTo("session_events_default");
    assertThat(partitionOf(kept)).isEqualTo("session_events_default");

    assertThat(forget("2025-03-01")).isZero();

    assertThat(eventsOf(old)).isEmpty();
    assertThat(eventsOf(kept)).isEqualTo(kept.events());
  }

  @Test
  void sessionsStayAsTheyAre() {
    played("2024-01-05T12:00:00Z");
    played("2025-03-05T12:00:00Z");
    played("2025-05-05T12:00:00Z");
    var before = everythingButEvents();
    assertThat(before).allSatisfy((_, rows) -> assertThat(rows).isNotEmpty());

    forget("2025-06-01");

    assertThat(everythingButEvents()).isEqualTo(before);
  }

  @Test
  void whatComesLateOrAgainOfAForgottenSessionIsRefusedAndChangesNothing() {
    var known = played("2025-03-05T12:00:00Z");
    var late = known.rated(5).events().getLast();
    var unknown = Play.by(sam, Instant.parse("2025-04-30T23:59:59.999Z")).completed(1);
    var kept = Play.by(sam, Instant.parse("2025-05-01T00:00:00Z")).completed(1);
    forget("2025-05-01");
    var before = everythingButEvents();
    var refused =
        Stream.of(known.events(), List.of(late), unknown.events()).flatMap(List::stream).toList();

    var outcome = fresh.store(refused);

    assertThat(outcome.stored()).isZero();
    assertThat(outcome.refused())
        .extracting(r -> r.decoded().event())
        .containsExactlyElementsOf(refused);
    assertThat(outcome.refused())
        .extracting(Refused::reason)
        .containsOnly(Rejection.FORGOTTEN_SESSION);
    assertThat(everythingButEvents()).isEqualTo(before);
    assertThat(fresh.row(unknown)).isEmpty();
    assertThat(eventsOf(known, unknown)).isEmpty();
    assertThat(fresh.store(kept.events()).refused()).isEmpty();
  }

  @Test
  void anIdOfAWrongClockDoesNotDecideWhatIsForgotten() {
    // The tablet made the id in March, by its clock, and was played with in June.
    var june = Instant.parse("2025-06-05T12:00:00Z");
    var early = at(Play.by(sam, Instant.parse("2025-03-05T12:00:00Z")), june);
    var late =
        at(
            Play.by(sam, Instant.parse("2025-07-05T12:00:00Z")),
            Instant.parse("2025-04-05T12:00:00Z"));
    fresh.store(early);
    fresh.store(late.subList(0, 1));
    assertThat(fresh.rows().session(early.getFirst().sessionId()))
        .containsEntry(
            "data_quality_notes",
            List.of(Map.of("rule", "id_contradicts_times", "severity", "warning")));

    forget("2025-05-15");

    assertThat(fresh.rows().events(List.of(early.getFirst().sessionId()))).isEqualTo(early);
    assertThat(fresh.rows().events(List.of(late.getFirst().sessionId()))).isEmpty();
    assertThat(fresh.store(late).refused())
        .extracting(Refused::reason)
        .containsOnly(Rejection.FORGOTTEN_SESSION);
    var more =
        new SessionEvent(
            early.getFirst().sessionId(),
            sam,
            9,
            june.plusSeconds(9),
            new Payload.HelpRequested(null));
    assertThat(fresh.store(List.of(more)).stored()).isOne();
    var all = new ArrayList<>(early);
    all.add(more);
    assertThat(fresh.rows().session(early.getFirst().sessionId()))
        .isEqualTo(SessionOracle.row(all, ROME).orElseThrow());
    var another = at(Play.by(sam, Instant.parse("2025-03-06T12:00:00Z")), june);
    assertThat(fresh.store(another).refused()).isEmpty();
    assertThat(fresh.rows().session(another.getFirst().sessionId()))
        .isEqualTo(SessionOracle.row(another, ROME).orElseThrow());

    forget("2025-07-01");
    assertThat(fresh.rows().events(List.of(early.getFirst().sessionId()))).isEmpty();
    assertThat(fresh.store(List.of(more)).refused()).hasSize(1);
  }

  /** A session of this id that was played at another time. */
  private List<SessionEvent> at(Play id, Instant start) {
    return Play.by(sam, start).interactions(5, CORRECT).completed(9).events().stream()
        .map(e -> new SessionEvent(id.session(), sam, e.sequence(), e.occurredAt(), e.payload()))
        .toList();
  }

  @Test
  void forgottenMonthsAreNotMadeAgain() {
    forget("2025-05-01");
    fresh.jdbc().sql("DROP TABLE session_events_2025_05").update();

    assertThat(ensurePartitions("2025-01-01", "2025-06-30")).isEqualTo(1);

    assertThat(partitions())
        .contains("session_events_2025_05")
        .doesNotContain("session_events_2025_03", "session_events_2025_04");
  }

  @Test
  void writersLoseNothingOfNewerMonthsMeanwhile() throws Exception {
    ensurePartitions("2023-01-01", "2025-02-01");
    var done = new AtomicBoolean();
    var writers =
        IntStream.range(0, 3).mapToObj(_ -> writer(fresh.child(ROME.getId()), done)).toList();
    List<List<Play>> written;
    try (var threads = Executors.newFixedThreadPool(writers.size())) {
      var running = writers.stream().map(threads::submit).toList();
      for (var month = LocalDate.parse("2023-02-01");
          month.isBefore(LocalDate.parse("2025-05-02"));
          month = month.plusMonths(1)) {
        assertThat(forget(month.toString())).isEqualTo(1);
      }
      done.set(true);
      written = new ArrayList<>();
      for (var writer : running) {
        written.add(writer.get());
      }
    }
    for (var play : written.stream().flatMap(List::stream).toList()) {
      assertThat(eventsOf(play)).isEqualTo(play.events());
      assertThat(fresh.row(play)).isEqualTo(SessionOracle.row(play.events(), ROME).orElseThrow());
    }
    assertThat(
            fresh
                .jdbc()
                .sql(
                    """
                    SELECT count(*) FROM session_events
                    WHERE session_id < least_session_id('2025-05-01T00:00:00Z')
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  /** Stores sessions of June 2025, and beside them some of the months that are being forgotten. */
  private Callable<List<Play>> writer(ChildId child, AtomicBoolean done) {
    return () -> {
      var newer = new ArrayList<Play>();
      for (int i = 0; !done.get() || i < 10; i++) {
        var old =
            Play.by(child, Instant.parse("2023-%02d-10T12:00:00Z".formatted(1 + i % 12)))
                .completed(1);
        var play = Play.by(child, Instant.parse("2025-06-05T12:00:00Z")).interactions(5, CORRECT);
        fresh.store(Stream.concat(play.events().stream(), old.events().stream()).toList());
        play.completed(2);
        fresh.store(play.events());
        newer.add(play);
      }
      return newer;
    };
  }

  private Play played(String start) {
    var play = Play.by(sam, Instant.parse(start)).interactions(5, CORRECT).completed(9);
    assertThat(fresh.store(play.events()).refused()).isEmpty();
    return play;
  }

  private int forget(String before) {
    return fresh
        .jdbc()
        .sql("SELECT forget_session_events(?)")
        .param(LocalDate.parse(before))
        .query(Integer.class)
        .single();
  }

  private int ensurePartitions(String first, String last) {
    return fresh
        .jdbc()
        .sql("SELECT ensure_session_event_partitions(?, ?)")
        .params(LocalDate.parse(first), LocalDate.parse(last))
        .query(Integer.class)
        .single();
  }

  private List<SessionEvent> eventsOf(Play... plays) {
    return fresh.rows().events(Stream.of(plays).map(Play::session).toList());
  }

  private List<@Nullable String> partitions() {
    return fresh
        .jdbc()
        .sql(
            """
            SELECT inhrelid::regclass::text FROM pg_inherits
            WHERE inhparent = 'session_events'::regclass
            """)
        .query(String.class)
        .list();
  }

  private boolean tableExists(String name) {
    return fresh
        .jdbc()
        .sql("SELECT to_regclass(?) IS NOT NULL")
        .param(name)
        .query(Boolean.class)
        .single();
  }

  private String partitionOf(Play play) {
    return fresh
        .jdbc()
        .sql("SELECT DISTINCT tableoid::regclass::text FROM session_events WHERE session_id = ?")
        .param(play.session().value())
        .query(String.class)
        .single();
  }

  /** Whole rows, with the times at which they were written. */
  private Map<String, List<@Nullable String>> everythingButEvents() {
    return Map.of(
        "sessions", rowsOf("game_sessions"),
        "dirty months", rowsOf("dirty_child_months"));
  }

  private List<@Nullable String> rowsOf(String table) {
    return fresh
        .jdbc()
        .sql("SELECT to_jsonb(t)::text FROM " + table + " t ORDER BY 1")
        .query(String.class)
        .list();
  }
}
