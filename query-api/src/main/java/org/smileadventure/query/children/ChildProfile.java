package org.smileadventure.query.children;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a child itself. Weeks are the last seven days, where the child lives.
 *
 * @param version of what guardians say of it; with each change by one
 * @param recentSessionsCount in the last seven days, as the two after
 */
record ChildProfile(
    @JsonUnwrapped ChildPage.Child child,
    Details details,
    long version,
    long recentSessionsCount,
    long recentActivitiesCount,
    long currentWeekPoints,
    Instant computedAt) {

  /**
   * What is not in a list.
   *
   * @param restrictedAt since when its data are kept and not used; null: they are used
   */
  record Details(
      @Nullable LocalDate diagnosisDate,
      @Nullable String diagnosingProfessional,
      @Nullable String communicationNotes,
      @Nullable Map<String, Object> sensoryProfile,
      @Nullable String behavioralNotes,
      List<Object> currentTherapies,
      List<Object> emergencyContacts,
      Map<String, Object> safetyProtocols,
      @Nullable Map<String, Object> baselineAssessment,
      @Nullable LocalDate lastAssessmentDate,
      List<Object> progressNotes,
      @Nullable Instant restrictedAt) {}
}
