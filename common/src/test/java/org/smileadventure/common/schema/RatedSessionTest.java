package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a parent says of a session in the application, by way of the service's role. */
@RealServers
class RatedSessionTest {
  private static final String SESSION = "019ca8e0-7b00-7abc-8def-0123456789ab";

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final JdbcClient service =
      JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs("smile_query", url)));
  private ChildId child = new ChildId(1);
  private long parent;

  @BeforeEach
  void aChildThatHasPlayed() {
    var people = new People(jdbc);
    parent = people.parent("parent@example.org");
    child = people.child(parent, "UTC");
    play(child);
  }

  @Test
  void sessionShowsTheRatingAtOnceAndItsMonthIsMarked() {
    var rated =
        rate("{\"rating\": 5, \"notes\": \"proud\", \"observedBehavior\": {\"calm\": true}}");

    assertThat(rated).containsEntry("outcome", "rated").containsEntry("child_id", child.value());
    assertThat(session())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "parent_rating", 5,
                "parent_notes", "proud",
                "behavior", "{\"calm\": true}",
                "next_session_readiness", "ready_for_progression"));
    assertThat(jdbc.sql("SELECT month::text FROM dirty_child_months").query(String.class).list())
        .containsExactly("2026-03-01");
    assertThat(jdbc.sql("SELECT child_id FROM pending_invalidation").query(Long.class).list())
        .containsExactly(child.value());
  }

  @Test
  void lastWordCountsWholly() {
    rate("{\"rating\": 5, \"notes\": \"proud\"}");
    rate("{\"rating\": 2}");
    assertThat(session())
        .containsEntry("parent_rating", 2)
        .containsEntry("parent_notes", null)
        .containsEntry("next_session_readiness", "ready_for_similar");
    assertThat(jdbc.sql("SELECT payload::text FROM session_ratings").query(String.class).list())
        .containsExactly("{\"rating\": 2}");
  }

  @Test
  void sameIdOfAnotherChildIsAnotherSession() {
    var people = new People(jdbc);
    play(people.child(people.parent("other@example.org"), "UTC"));
    rate("{\"rating\": 5}");
    assertThat(
            jdbc.sql("SELECT child_id FROM game_sessions WHERE parent_rating = 5")
                .query(Long.class)
                .list())
        .containsExactly(child.value());
    assertThat(
            service
                .sql("SELECT child_of_session(?::uuid)")
                .param(SESSION)
                .query(Long.class)
                .single())
        .as("the first one's")
        .isEqualTo(child.value());
  }

  private void play(ChildId child) {
    jdbc.sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, ended_at, day,
              duration_seconds, active_seconds, completion_status)
            VALUES (?::uuid, ?, 'dental_visit', 'Brushing', '2026-03-01T10:00Z', '2026-03-01T10:01Z',
              '2026-03-01', 60, 60, 'completed')
            """)
        .params(SESSION, child.value())
        .update();
  }

  private Map<String, @Nullable Object> rate(String rating) {
    return service
        .sql("SELECT * FROM rate_session(?, ?::uuid, ?::jsonb)")
        .params(parent, SESSION, rating)
        .query()
        .singleRow();
  }

  private Map<String, @Nullable Object> session() {
    return jdbc.sql(
            """
            SELECT parent_rating, parent_notes, parent_observed_behavior::text AS behavior, next_session_readiness
            FROM game_sessions WHERE child_id = ?
            """)
        .param(child.value())
        .query()
        .singleRow();
  }
}
