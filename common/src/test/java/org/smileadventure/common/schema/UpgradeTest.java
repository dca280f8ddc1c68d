package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that was in use before the summaries of days were defined. */
@RealServers
class UpgradeTest {

  @Test
  void whatWasPlayedBeforeHasItsEmotionsAndIsSummarisedAnew() {
    var url = LocalStack.shared().newDatabase("before-summaries", at -> migrate(at, "6"));
    var db = JdbcClient.create(MigratedDatabase.dataSource(url));
    var people = new People(db);
    var child = people.child(people.parent("parent@example.org"), "Pacific/Auckland");
    db.sql(
            """
            INSERT INTO session_events (session_id, seq, child_id, type, occurred_at, payload) VALUES
              ('019ca8e0-7b00-7abc-8def-0123456789ab', 1, :child, 'session.started', '2026-03-01T10:00Z',
               '{"sessionType": "dental_visit", "scenarioName": "Brushing", "initialEmotion": "anxious"}'),
              ('019ca8e0-7b00-7abc-8def-0123456789ab', 2, :child, 'session.ended', '2026-03-01T10:02Z',
               '{"status": "completed", "finalEmotion": "calm"}')
            """)
        .param("child", child.value())
        .update();
    db.sql("SELECT record_sessions(ARRAY['019ca8e0-7b00-7abc-8def-0123456789ab'::uuid])")
        .query(_ -> {});
    db.sql(
            """
            INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at)
            VALUES ('019ca8e0-7b00-7abc-8def-0123456789ac', 1, :child, 'dental_care', 'Brushing', '2026-03-01T12:00Z')
            """)
        .param("child", child.value())
        .update();
    db.sql("INSERT INTO child_daily_summary SELECT * FROM v_child_daily").update();
    db.sql("DELETE FROM dirty_child_days").update();

    migrate(url, "latest");

    assertThat(
            db.sql("SELECT emotions ->> 'first' FROM game_sessions").query(String.class).single())
        .isEqualTo("anxious");
    assertThat(
            db.sql("SELECT day::text FROM dirty_child_days ORDER BY day")
                .query(String.class)
                .list())
        .as("the day of the session, and that of the activity, in Auckland")
        .containsExactly("2026-03-01", "2026-03-02");
    assertThat(db.sql("SELECT activities FROM v_child_activity_current").query(Long.class).single())
        .isEqualTo(1);
    assertThat(db.sql("SELECT duration_sum FROM v_child_daily_current").query(Long.class).single())
        .isEqualTo(120);
  }

  private static void migrate(String url, String target) {
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target(target)
        // What is made anew with each change is of today, and meant for the whole schema.
        .repeatableSqlMigrationPrefix(target.equals("latest") ? "R" : "not yet")
        .load()
        .migrate();
  }
}
