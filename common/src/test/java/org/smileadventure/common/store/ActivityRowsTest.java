package org.smileadventure.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import org.smileadventure.common.event.Payload.ActivityType;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.SupportNeeded;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class ActivityRowsTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());
  private static final Instant LATE = Instant.parse("2025-05-31T22:30:00Z");

  private final ActivityRows rows = new ActivityRows(DB);
  private ChildId sam = new ChildId(1);

  @BeforeEach
  void child() {
    DB.sql("TRUNCATE auth_users, dirty_child_months CASCADE").update();
    var people = new People(DB);
    sam = people.child(people.parent("parent@example.org"), "Europe/Rome");
  }

  private void write(List<SessionEvent> events) {
    rows.write(events, Map.of(sam, ZoneId.of("Europe/Rome")));
  }

  @Test
  void everythingThatIsToldIsInTheRow() {
    var activity =
        new ActivityRecorded(
            ActivityType.SENSORY_BREAK,
            "A \"break\", {quiet}",
            "description",
            "category",
            7,
            2,
            Instant.parse("2025-05-01T10:00:00.000001Z"),
            Instant.parse("2025-05-01T11:00:00.000002Z"),
            60,
            EmotionalState.ANXIOUS,
            EmotionalState.CALM,
            8,
            3,
            SupportNeeded.MODERATE,
            "father",
            List.of("tablet"),
            List.of("dimmed", "light, less"),
            List.of("headphones"),
            List.of("noise"),
            List.of("deep breaths"),
            "home",
            EndStatus.INTERRUPTED,
            4,
            "notes");
    write(Play.by(sam, LATE).then(activity).events());
    assertThat(row())
        .containsAllEntriesOf(
            columns(
                "seq", 2,
                "activity_type", "sensory_break",
                "activity_name", "A \"break\", {quiet}",
                "description", "description",
                "category", "category",
                "points_earned", 7,
                "difficulty_level", 2,
                "started_at", "2025-05-01T10:00:00.000001+00:00",
                "completed_at", "2025-05-01T11:00:00.000002+00:00",
                "day", "2025-05-01",
                "duration_minutes", 60,
                "emotional_state_before", "anxious",
                "emotional_state_after", "calm",
                "anxiety_level_before", 8,
                "anxiety_level_after", 3,
                "support_level_needed", "moderate",
                "support_provided_by", "father",
                "assistive_technology_used", List.of("tablet"),
                "environmental_modifications", List.of("dimmed", "light, less"),
                "sensory_accommodations", List.of("headphones"),
                "challenges_encountered", List.of("noise"),
                "strategies_used", List.of("deep breaths"),
                "environment_type", "home",
                "completion_status", "interrupted",
                "success_rating", 4,
                "notes", "notes",
                "verified_by_parent", false,
                "data_source", "game"));
    assertThat(dirty()).containsExactly(LocalDate.of(2025, 5, 1));
  }

  @Test
  void whatIsNotToldIsAsUsual() {
    write(Play.by(sam, LATE).then(bare()).events());
    assertThat(row())
        .containsAllEntriesOf(
            columns(
                "points_earned",
                0,
                "completion_status",
                "completed",
                "started_at",
                null,
                // A second after the session's start, and in Rome the day after.
                "completed_at",
                "2025-05-31T22:30:01+00:00",
                "day",
                "2025-06-01",
                "difficulty_level",
                null,
                "duration_minutes",
                null,
                "emotional_state_before",
                null,
                "success_rating",
                null,
                "notes",
                null,
                "assistive_technology_used",
                List.of(),
                "environmental_modifications",
                List.of(),
                "sensory_accommodations",
                List.of(),
                "challenges_encountered",
                List.of(),
                "strategies_used",
                List.of()));
    assertThat(dirty()).containsExactly(LocalDate.of(2025, 6, 1));
  }

  @Test
  void anActivityThatIsThereStaysAsItIs() {
    var play = Play.by(sam, LATE).then(bare());
    write(play.events());
    DB.sql("UPDATE activities SET verified_by_parent = true").update();
    DB.sql("DELETE FROM dirty_child_months").update();
    write(play.then(bare()).events());
    assertThat(
            DB.sql("SELECT verified_by_parent FROM activities ORDER BY seq")
                .query(Boolean.class)
                .list())
        .containsExactly(true, false);
    DB.sql("DELETE FROM dirty_child_months").update();
    write(play.events());
    assertThat(dirty()).isEmpty();
  }

  @Test
  void otherEventsAreNoActivities() {
    write(Play.by(sam, LATE).completed(3).events());
    assertThat(DB.sql("SELECT count(*) FROM activities").query(Long.class).single()).isZero();
  }

  private static ActivityRecorded bare() {
    return new ActivityRecorded(
        ActivityType.EXERCISE,
        "Swimming",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Map<String, @Nullable Object> columns(@Nullable Object... namesAndValues) {
    var columns = new HashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return columns;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> row() {
    return DB.sql("SELECT to_jsonb(a) FROM activities a")
        .query(
            (row, _) ->
                (Map<String, @Nullable Object>)
                    new JsonMapper().readValue(row.getString(1), Map.class))
        .single();
  }

  private static List<@Nullable LocalDate> dirty() {
    return DB.sql("SELECT month FROM dirty_child_months ORDER BY month")
        .query(LocalDate.class)
        .list();
  }
}
