package org.smileadventure.ingest.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smileadventure.common.event.Payload.Outcome.CORRECT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.store.SessionPacking;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What comes for sessions whose events are packed. */
@RealServers
class PackedSessionsTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  @AutoClose private static final FreshStore FRESH = FreshStore.create();

  private final ChildId sam = FRESH.child("Europe/Rome");

  @Test
  void eventsThatComeAgainAreIgnoredAndOnesThatSaySomethingElseAreRefused() {
    var play = Play.by(sam, NOON).interactions(20, CORRECT).completed(80);
    FRESH.store(play.events());
    assertThat(pack(sam)).isOne();

    var again = FRESH.store(play.events());
    assertThat(again.stored()).isZero();
    assertThat(again.duplicates()).hasSameSizeAs(play.events());
    assertThat(again.refused()).isEmpty();
    var other = Play.by(sam, NOON).interactions(20, CORRECT).completed(81).events();
    var outcome = FRESH.store(other.stream().map(event -> as(play.session(), event)).toList());

    assertThat(outcome.stored()).isZero();
    assertThat(outcome.refused())
        .extracting(EventStore.Refused::reason)
        .containsExactly(Rejection.DIVERGENT_DUPLICATE);
    assertThat(stored(sam)).isEqualTo(play.events());
  }

  @Test
  void aLateEventStandsBesideThemUntilTheyArePackedAgain() {
    var play = Play.by(sam, NOON).interactions(20, CORRECT).completed(80).rated(2);
    var events = play.events();
    // One in the middle is lost, and the rating is not there yet.
    var first = new ArrayList<>(events.subList(0, events.size() - 1));
    first.remove(7);
    FRESH.store(first);
    pack(sam);
    assertThat(rows(sam)).containsExactly("1-7 packed", "9-22 packed");

    assertThat(FRESH.store(List.of(events.get(7), events.getLast())).stored()).isEqualTo(2);

    assertThat(rows(sam)).containsExactly("1-7 packed", "8-8", "9-22 packed", "23-23");
    assertThat(FRESH.row(play)).containsEntry("parent_rating", 2).containsEntry("lost_events", 0);
    assertThat(unpacked(sam)).isOne();
    assertThat(pack(sam)).isOne();
    assertThat(rows(sam)).containsExactly("1-23 packed");
    assertThat(stored(sam)).isEqualTo(events);
    assertThat(pack(sam)).as("nothing is left to pack").isZero();
  }

  /** A page of a long session is not to unpack all of it. */
  @Test
  void aLongSessionIsPackedIntoRowsOfABoundedLength() {
    var play = Play.by(sam, NOON);
    var at = 0;
    while (at < 6_000) {
      play.interactions(500, CORRECT);
      FRESH.store(play.events().subList(at, play.events().size()));
      at = play.events().size();
    }
    FRESH.store(play.completed(80).events().subList(at, at + 1));

    pack(sam);

    assertThat(rows(sam)).hasSizeBetween(2, 8).allMatch(row -> row.endsWith("packed"));
    assertThat(stored(sam)).isEqualTo(play.events());
  }

  /** Whatever comes, late, twice, in any order: packing in between changes no row. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void packingInBetweenChangesNoRow(long seed) {
    var random = new Random(seed);
    var played = new ArrayList<SessionEvent>();
    for (int i = 0; i < 15; i++) {
      RandomPlay.by(sam, random).forEach(event -> played.add(as(sam, event)));
    }
    played.sort(Comparator.comparing(SessionEvent::occurredAt));
    for (int late = 0; late < 20; late++) {
      played.add(played.remove(random.nextInt(played.size())));
      played.add(played.get(random.nextInt(played.size())));
    }
    var other = FRESH.child("Europe/Rome");
    for (int from = 0; from < played.size(); ) {
      var to = Math.min(played.size(), from + 1 + random.nextInt(25));
      var batch = played.subList(from, to);
      FRESH.store(batch);
      FRESH.store(batch.stream().map(event -> as(other, event)).toList());
      if (random.nextInt(3) == 0) {
        pack(sam);
      }
      from = to;
    }
    pack(sam);

    assertThat(sessions(sam)).isNotEmpty().isEqualTo(sessions(other));
    assertThat(stored(sam)).isEqualTo(stored(other).stream().map(e -> as(sam, e)).toList());
    assertThat(rows(sam)).anyMatch(row -> row.endsWith("packed"));
    assertThat(rows(other)).noneMatch(row -> row.endsWith("packed"));
  }

  @Test
  void nothingOfThemIsLeftWhenTheChildIsErased() {
    FRESH.store(Play.by(sam, NOON).interactions(20, CORRECT).completed(80).events());
    pack(sam);

    FRESH.jdbc().sql("SELECT erase_child(?, false)").param(sam.value()).query(_ -> {});

    assertThat(rows(sam)).isEmpty();
  }

  @Test
  void theyAreForgottenWithTheirMonth() {
    var old = FRESH.child("UTC");
    var play = Play.by(old, Instant.parse("2024-03-05T10:00:00Z")).completed(80);
    FRESH.store(play.events());
    pack(old);
    assertThat(rows(old)).containsExactly("1-2 packed");

    FRESH.jdbc().sql("SELECT forget_session_events('2024-04-01')").query(_ -> {});

    assertThat(rows(old)).isEmpty();
  }

  private static int pack(ChildId child) {
    var packing = new SessionPacking(FRESH.jdbc());
    return requireNonNull(
        new TransactionTemplate(new JdbcTransactionManager(FRESH.database()))
            .execute(
                _ -> {
                  var due =
                      FRESH
                          .jdbc()
                          .sql(
                              "DELETE FROM unpacked_sessions WHERE child_id = ? RETURNING session_id")
                          .param(child.value())
                          .query(
                              (row, _) ->
                                  new SessionPacking.Key(
                                      child, new SessionId(row.getObject(1, UUID.class))))
                          .list();
                  return packing.pack(due).packed();
                }));
  }

  private static int unpacked(ChildId child) {
    return FRESH
        .jdbc()
        .sql("SELECT count(*) FROM unpacked_sessions WHERE child_id = ?")
        .param(child.value())
        .query(Integer.class)
        .single();
  }

  private static List<String> rows(ChildId child) {
    return FRESH
        .jdbc()
        .sql(
            """
            SELECT first_seq || '-' || last_seq || CASE WHEN packed THEN ' packed' ELSE '' END
            FROM session_events WHERE child_id = ? ORDER BY session_id, first_seq
            """)
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static List<SessionEvent> stored(ChildId child) {
    var events = new ArrayList<SessionEvent>();
    FRESH
        .jdbc()
        .sql(
            "SELECT session_id, events FROM session_events WHERE child_id = ? ORDER BY session_id, first_seq")
        .param(child.value())
        .query(
            row -> {
              events.addAll(
                  EventChunk.read(
                      new SessionId(row.getObject("session_id", UUID.class)),
                      child,
                      row.getBytes("events")));
            });
    return events;
  }

  /** But for whose they are. */
  private static List<@Nullable String> sessions(ChildId child) {
    return FRESH
        .jdbc()
        .sql(
            """
            SELECT to_jsonb(g) - ARRAY['id', 'child_id', 'created_at', 'updated_at']
            FROM game_sessions g WHERE child_id = ? ORDER BY started_at, 1
            """)
        .param(child.value())
        .query(String.class)
        .list();
  }

  private static SessionEvent as(SessionId session, SessionEvent event) {
    return new SessionEvent(
        session, event.childId(), event.sequence(), event.occurredAt(), event.payload());
  }

  /** The sessions of two children are others, and in the same order. */
  private static SessionEvent as(ChildId child, SessionEvent event) {
    var id = event.sessionId().value();
    var low = (id.getLeastSignificantBits() & ~0xffffL) | child.value();
    return new SessionEvent(
        new SessionId(new UUID(id.getMostSignificantBits(), low)),
        child,
        event.sequence(),
        event.occurredAt(),
        event.payload());
  }
}
