package org.smileadventure.common.store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.WireName;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes activities as rows, each from one event. */
public final class ActivityRows {
  private static final String WRITE = SqlFile.read(ActivityRows.class, "write-activities.sql");
  private static final JsonMapper JSON = new JsonMapper();

  private record Recorded(SessionEvent event, ActivityRecorded activity, ZoneId zone) {
    Instant completedAt() {
      return Objects.requireNonNullElse(activity.completedAt(), event.occurredAt());
    }
  }

  private static final ColumnArrays<Recorded> COLUMNS =
      new ColumnArrays<Recorded>()
          .column("session_id", recorded -> recorded.event().sessionId())
          .column("seq", recorded -> recorded.event().sequence())
          .column("child_id", recorded -> recorded.event().childId())
          .column("activity_type", told(a -> WireName.of(a.activityType())))
          .column("activity_name", told(ActivityRecorded::activityName))
          .column("description", told(ActivityRecorded::description))
          .column("category", told(ActivityRecorded::category))
          .column("points_earned", told(a -> Objects.requireNonNullElse(a.pointsEarned(), 0)))
          .column("difficulty_level", told(ActivityRecorded::difficultyLevel))
          .column("started_at", told(ActivityRecorded::startedAt))
          .column("completed_at", Recorded::completedAt)
          .column("day", recorded -> recorded.completedAt().atZone(recorded.zone()).toLocalDate())
          .column("duration_minutes", told(ActivityRecorded::durationMinutes))
          .column("emotional_state_before", told(a -> WireName.ofAny(a.emotionalStateBefore())))
          .column("emotional_state_after", told(a -> WireName.ofAny(a.emotionalStateAfter())))
          .column("anxiety_level_before", told(ActivityRecorded::anxietyLevelBefore))
          .column("anxiety_level_after", told(ActivityRecorded::anxietyLevelAfter))
          .column("support_level_needed", told(a -> WireName.ofAny(a.supportLevelNeeded())))
          .column("support_provided_by", told(ActivityRecorded::supportProvidedBy))
          .column("assistive_technology_used", told(a -> json(a.assistiveTechnologyUsed())))
          .column("environmental_modifications", told(a -> json(a.environmentalModifications())))
          .column("sensory_accommodations", told(a -> json(a.sensoryAccommodations())))
          .column("challenges_encountered", told(a -> json(a.challengesEncountered())))
          .column("strategies_used", told(a -> json(a.strategiesUsed())))
          .column("environment_type", told(ActivityRecorded::environmentType))
          .column(
              "completion_status",
              told(
                  a ->
                      WireName.of(
                          Objects.requireNonNullElse(a.completionStatus(), EndStatus.COMPLETED))))
          .column("success_rating", told(ActivityRecorded::successRating))
          .column("notes", told(ActivityRecorded::notes));

  private final JdbcClient jdbc;

  public ActivityRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes the activities that these events tell, and marks their months dirty; other events are
   * passed over. An activity that is there stays as it is.
   *
   * @param zones where each of the children lives
   */
  public void write(List<SessionEvent> events, Map<ChildId, ZoneId> zones) {
    var recorded =
        events.stream()
            .filter(event -> event.payload() instanceof ActivityRecorded)
            .map(
                event ->
                    new Recorded(
                        event,
                        (ActivityRecorded) event.payload(),
                        Objects.requireNonNull(zones.get(event.childId()))))
            .toList();
    if (!recorded.isEmpty()) {
      jdbc.sql(WRITE).params(COLUMNS.of(recorded)).query(_ -> {});
    }
  }

  private static Function<Recorded, @Nullable Object> told(
      Function<ActivityRecorded, @Nullable Object> value) {
    return recorded -> value.apply(recorded.activity());
  }

  private static String json(@Nullable List<String> texts) {
    return JSON.writeValueAsString(Objects.requireNonNullElse(texts, List.of()));
  }
}
