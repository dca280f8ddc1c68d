package org.smileadventure.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.RandomPlay;

/** The same play ends in the same rows, whatever of it was in memory. */
class SameRowsTest {
  private static FreshStore fresh;

  @BeforeAll
  static void open() {
    fresh = FreshStore.create();
  }

  @AfterAll
  static void close() {
    fresh.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void coldStartsRebalancesAndEvictionsChangeNoRow(long seed) {
    var played = new ArrayList<SessionEvent>();
    var random = new Random(seed);
    var model = fresh.child("Europe/Rome");
    for (int i = 0; i < 30; i++) {
      played.addAll(RandomPlay.by(model, random));
    }
    played.sort(Comparator.comparing(SessionEvent::occurredAt));

    var cramped = fresh.another(20);
    var others = List.of(fresh.another(1_000_000), fresh.another(1_000_000));
    var all = stored(played, 0, fresh::store, seed);
    assertThat(all).isNotEmpty();
    assertThat(stored(played, 1, () -> cramped, seed)).as("evictions").isEqualTo(all);
    assertThat(stored(played, 2, () -> fresh.another(1_000_000), seed))
        .as("cold starts")
        .isEqualTo(all);
    var turns = new Random(seed);
    assertThat(stored(played, 3, () -> others.get(turns.nextInt(2)), seed))
        .as("rebalances")
        .isEqualTo(all);
  }

  /** Stores it as the play of another child, in small batches; its rows but for whose they are. */
  private static List<@Nullable String> stored(
      List<SessionEvent> played, int run, Supplier<EventStore> store, long seed) {
    var child = fresh.child("Europe/Rome");
    var random = new Random(seed);
    for (int from = 0; from < played.size(); ) {
      var to = Math.min(played.size(), from + 1 + random.nextInt(25));
      FreshStore.store(
          store.get(),
          played.subList(from, to).stream().map(event -> as(child, run, event)).toList());
      from = to;
    }
    return fresh
        .jdbc()
        .sql(
            """
            SELECT to_jsonb(g) - ARRAY['id', 'child_id', 'created_at', 'updated_at']
                   || jsonb_build_object('events', (
                        SELECT jsonb_agg(jsonb_build_array(e.seq, e.type, e.occurred_at, e.payload) ORDER BY e.seq)
                        FROM v_session_event e WHERE e.session_id = g.id AND e.child_id = g.child_id))
            FROM game_sessions g WHERE g.child_id = ? ORDER BY g.started_at, 1
            """)
        .param(child.value())
        .query(String.class)
        .list();
  }

  private static SessionEvent as(ChildId child, int run, SessionEvent event) {
    var id = event.sessionId().value();
    return new SessionEvent(
        new SessionId(
            new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ (run + 1))),
        child,
        event.sequence(),
        event.occurredAt(),
        event.payload());
  }
}
