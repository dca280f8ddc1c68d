package org.smileadventure.query.sessions;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which sessions; what is null does not matter.
 *
 * @param scenarioName a part of the name, in capitals or not
 * @param dateFrom the first day, where the child lives
 * @param minDuration in seconds
 */
record SessionFilter(
    @BindParam("session_type")
        @Nullable
        @Pattern(
            regexp =
                "dental_visit|therapy_session|social_scenario|sensory_exploration|daily_routine"
                    + "|emergency_preparation")
        String sessionType,
    @BindParam("scenario_name")
        @Nullable
        @Size(min = 1, max = 200)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not contain control characters")
        String scenarioName,
    @BindParam("date_from") @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
        LocalDate dateFrom,
    @BindParam("date_to") @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate dateTo,
    @BindParam("completion_status")
        @Nullable
        @Pattern(regexp = "in_progress|completed|abandoned|interrupted")
        String completionStatus,
    @BindParam("min_duration") @Nullable @Min(0) Integer minDuration,
    @BindParam("max_duration") @Nullable @Min(0) Integer maxDuration,
    @BindParam("min_score") @Nullable @Min(0) Integer minScore,
    @BindParam("parent_rating") @Nullable @Min(1) @Max(5) Integer parentRating) {

  boolean isEmpty() {
    return equals(new SessionFilter(null, null, null, null, null, null, null, null, null));
  }

  /** What the name has to be like; what has a meaning there means itself. */
  @Nullable String namePattern() {
    return scenarioName == null ? null : "%" + scenarioName.replaceAll("[\\\\%_]", "\\\\$0") + "%";
  }
}
