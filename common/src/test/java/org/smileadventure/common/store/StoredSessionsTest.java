package org.smileadventure.common.store;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.common.fixture.SessionTable;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.fold.Session;
import org.smileadventure.common.fold.SessionFold;
import org.smileadventure.common.fold.Status;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class StoredSessionsTest {
  private static final int ROUNDS = Integer.getInteger("smile.rounds", 4);
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());
  private static final Instant NOON = Instant.parse("2025-05-05T12:00:00Z");

  private final StoredSessions stored = new StoredSessions(DB);
  private long parent;
  private ChildId sam = new ChildId(1);

  @BeforeEach
  void child() {
    DB.sql("TRUNCATE auth_users, session_events CASCADE").update();
    DB.sql("UPDATE forgotten_events SET least_session_id = '00000000-0000-0000-0000-000000000000'")
        .update();
    parent = new People(DB).parent("parent@example.org");
    sam = new People(DB).child(parent, "Europe/Rome");
  }

  @Test
  void inWhateverPiecesEventsAreStoredTheyAreReadInSequence() {
    for (int round = 0; round < ROUNDS; round++) {
      var seed = new Random().nextLong();
      var random = new Random(seed);
      var zone = RandomHistory.anyZone(random);
      var child = new People(DB).child(parent, zone.getId());
      var told = new ArrayList<SessionEvent>();
      for (int i = 0; i < 30; i++) {
        told.addAll(RandomPlay.by(child, random));
      }
      var sessions = told.stream().collect(groupingBy(SessionEvent::sessionId));
      var arrived = new ArrayList<>(told);
      Collections.shuffle(arrived, random);
      while (!arrived.isEmpty()) {
        var batch = arrived.subList(0, Math.min(1 + random.nextInt(400), arrived.size()));
        StoredHistory.storeEvents(DB, batch);
        batch.clear();
      }
      var read = stored.read(sessions.keySet());
      var expected = new HashMap<SessionId, Map<String, @Nullable Object>>();
      sessions.forEach(
          (session, events) -> {
            assertThat(read)
                .as("seed %d", seed)
                .contains(new StoredSession(session, child, events, null, zone, false, null));
            SessionOracle.row(events, zone).ifPresent(row -> expected.put(session, row));
          });
      new SessionRows(DB).write(read.stream().flatMap(found -> found.computed().stream()).toList());
      assertThat(SessionTable.rows(DB, sessions.keySet())).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void aSessionThatIsNotStoredIsNotThere() {
    assertThat(stored.read(List.of(Play.by(sam, NOON).session()))).isEmpty();
    assertThat(stored.read(List.of())).isEmpty();
  }

  @Test
  void theRowSaysWhetherTheSessionWasGivenUp() {
    var play = Play.by(sam, NOON);
    StoredHistory.store(DB, play.events());
    assertThat(read(play).status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(read(play).closedBySilence()).isFalse();
    new SessionRows(DB)
        .write(List.of(SessionFold.of(play.events(), null, read(play).zone(), true).orElseThrow()));
    assertThat(read(play).status()).isEqualTo(Status.ABANDONED);
    assertThat(read(play).closedBySilence()).isTrue();
    assertThat(read(play).computed().orElseThrow().details().closedBySilence()).isTrue();
  }

  @Test
  void whatWasSaidInTheApplicationCounts() {
    var play = Play.by(sam, NOON).completed(5);
    StoredHistory.store(DB, play.events());
    rateInTheApplication(play, "now()");
    assertThat(read(play).rating())
        .isEqualTo(
            new ParentRated(
                5, "said", Map.of("calm", new BigDecimal("1.50"), "words", List.of("ok"))));
    var computed = read(play).computed().orElseThrow();
    var before = SessionTable.rows(DB, List.of(play.session()));
    new SessionRows(DB).write(List.of(computed));
    assertThat(SessionTable.rows(DB, List.of(play.session())))
        .as("as it was, but for the rating")
        .isNotEqualTo(before);
    assertThat(
            DB.sql("SELECT parent_observed_behavior::text FROM game_sessions")
                .query(String.class)
                .single())
        .isEqualTo("{\"calm\": 1.50, \"words\": [\"ok\"]}");
  }

  @Test
  void theLastWordCountsWhicheverWayItCame() {
    var play = Play.by(sam, NOON).completed(5).rated(2);
    StoredHistory.store(DB, play.events());
    rateInTheApplication(play, "now() + interval '1 second'");
    assertThat(rating(play)).isEqualTo(5);
    rateInTheApplication(play, "now() - interval '1 hour'");
    assertThat(read(play).rating()).isNull();
    assertThat(rating(play)).isEqualTo(2);
  }

  @Test
  void ofTheDevicesWordsTheOneThatCountsSaysWhenItCame() {
    var play = Play.by(sam, NOON).completed(5).rated(1).help().rated(2);
    var events = play.events();
    // What counts is the last one of the sequence. It came before the application's word, and the
    // first one after it.
    StoredHistory.storeEvents(DB, events.subList(0, 2));
    StoredHistory.storeEvents(DB, events.subList(3, 5));
    DB.sql("UPDATE session_events SET received_at = now() - interval '2 hours'").update();
    rateInTheApplication(play, "now() - interval '1 hour'");
    StoredHistory.storeEvents(DB, events.subList(2, 3));
    assertThat(rating(play)).isEqualTo(5);
  }

  private void rateInTheApplication(Play play, String moment) {
    DB.sql("DELETE FROM session_ratings").update();
    DB.sql(
            """
            INSERT INTO session_ratings (session_id, child_id, rated_by, rated_at, payload)
            VALUES (:session, :child, :parent, %s,
                    '{"rating": 5, "notes": "said", "observedBehavior": {"calm": 1.50, "words": ["ok"]}}')
            """
                .formatted(moment))
        .param("session", play.session().value())
        .param("child", sam.value())
        .param("parent", parent)
        .update();
  }

  private @Nullable Integer rating(Play play) {
    return read(play).computed().map(Session::figures).orElseThrow().rating();
  }

  private StoredSession read(Play play) {
    return stored.read(List.of(play.session())).getFirst();
  }
}
