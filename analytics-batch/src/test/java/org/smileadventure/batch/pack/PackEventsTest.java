package org.smileadventure.batch.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.smileadventure.localstack.RealServers;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class PackEventsTest {
  private static final String OVER =
      "session_events JOIN game_sessions ON id = session_id AND game_sessions.child_id = session_events.child_id"
          + " WHERE completion_status <> 'in_progress'";

  private final PlayedDatabase database = PlayedDatabase.copy();
  private final JdbcClient jdbc = database.jdbc();

  @AutoClose
  private final ServiceUnderTest service =
      new ServiceUnderTest(database.url(), "smile.batch.children=7", "smile.batch.pack-after=0s");

  @Test
  void nightPacksWhatIsOverAndNothingThatIsReadOfItChanges() {
    var before = sessions();
    var received = received();

    night();

    assertThat(count(OVER)).isPositive();
    assertThat(count(OVER + " AND NOT packed")).isZero();
    assertThat(count("unpacked_sessions")).isZero();
    assertThat(sessions())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("status", "closedBySilence")
        .isEqualTo(before);
    assertThat(received()).as("last times of the sessions").isEqualTo(received);
    assertThat(service.run("reconcile", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void whatComesLaterIsPackedTheNextTimeAndNothingElse() {
    night();
    var session =
        jdbc.sql("SELECT min(session_id::text) FROM session_events WHERE packed")
            .query((row, _) -> new SessionId(UUID.fromString(row.getString(1))))
            .single();
    var stored = new StoredSessions(jdbc).read(List.of(session)).getFirst();
    var last = stored.events().getLast();
    var rating =
        new SessionEvent(
            session,
            stored.child(),
            last.sequence() + 1,
            last.occurredAt().plusSeconds(60),
            new ParentRated(5, "went well", null));
    var rowsOfOthers = rowsOfOthers(session);
    StoredHistory.store(jdbc, List.of(rating));
    assertThat(count("unpacked_sessions")).isOne();

    night();

    assertThat(count("session_events WHERE session_id = '%s'".formatted(session))).isOne();
    assertThat(new StoredSessions(jdbc).read(List.of(session)).getFirst().events())
        .hasSize(stored.events().size() + 1)
        .endsWith(last, rating);
    assertThat(rowsOfOthers(session)).isEqualTo(rowsOfOthers);
  }

  @Test
  void nothingIsPackedOfAChildWhoIsNotComputedUntilItIsAgain() {
    jdbc.sql("UPDATE children SET restricted_at = now() WHERE id = 3").update();

    night();

    assertThat(count("session_events WHERE child_id = 3 AND packed")).isZero();
    assertThat(count("unpacked_sessions WHERE child_id <> 3")).isZero();
    jdbc.sql("UPDATE children SET restricted_at = NULL WHERE id = 3").update();
    night();
    night();
    night();
    assertThat(count(OVER + " AND NOT packed")).isZero();
  }

  @Test
  void sessionsThatAreJustOverWait() {
    try (var patient = new ServiceUnderTest(database.url())) {
      assertThat(patient.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
    assertThat(count("session_events WHERE packed")).isZero();
    assertThat(count("unpacked_sessions")).isPositive();
  }

  @Test
  void sessionThatCannotBeReadStaysAsItIsAndKeepsNoOtherOfItsChildFromBeingPacked() {
    var child =
        jdbc.sql(
                """
                SELECT child_id FROM unpacked_sessions JOIN v_computed_child USING (child_id)
                GROUP BY child_id HAVING count(*) > 1 ORDER BY child_id LIMIT 1
                """)
            .query(Long.class)
            .single();
    var broken =
        jdbc.sql("SELECT min(session_id::text) FROM unpacked_sessions WHERE child_id = ?")
            .param(child)
            .query(String.class)
            .single();
    assertThat(
            jdbc.sql("UPDATE session_events SET events = '\\x00' WHERE session_id = ?::uuid")
                .param(broken)
                .update())
        .isPositive();
    var mark = "unpacked_sessions WHERE session_id = '%s'".formatted(broken);
    var since = jdbc.sql("SELECT since::text FROM " + mark).query(String.class).single();
    var meters = new SimpleMeterRegistry();

    new PackEvents(jdbc, Duration.ZERO, meters).write(new Chunk<>(List.of(new ChildId(child))));

    assertThat(count("session_events WHERE session_id = '%s' AND packed".formatted(broken)))
        .isZero();
    assertThat(count("session_events WHERE child_id = %d AND packed".formatted(child)))
        .isPositive();
    assertThat(count(mark + " AND since > '%s'".formatted(since))).isOne();
    assertThat(meters.counter("smile.batch.sessions.not.packed").count()).isEqualTo(1);
  }

  /** More often than once, as a night packs a bounded number of each child's sessions. */
  private void night() {
    for (int i = 0; i < 3; i++) {
      assertThat(service.run("nightly", Map.of()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
    }
  }

  private List<StoredSession> sessions() {
    return new StoredSessions(jdbc)
        .read(
            jdbc.sql("SELECT id FROM game_sessions WHERE child_id > 0")
                .query((row, _) -> new SessionId(row.getObject(1, UUID.class)))
                .list());
  }

  private Map<String, String> received() {
    var received = new TreeMap<String, String>();
    jdbc.sql(
            "SELECT session_id, max(received_at)::text AS at, sum(last_seq - first_seq + 1) AS events FROM session_events GROUP BY session_id")
        .query(
            row -> {
              received.put(
                  row.getString("session_id"), row.getString("at") + " " + row.getLong("events"));
            });
    return received;
  }

  private List<String> rowsOfOthers(SessionId session) {
    return jdbc.sql(
            "SELECT ctid || ' ' || session_id FROM session_events WHERE packed AND session_id <> ? ORDER BY 1")
        .param(session.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  private long count(String from) {
    return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
  }
}
