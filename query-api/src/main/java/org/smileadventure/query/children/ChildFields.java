package org.smileadventure.query.children;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;

/**
 * What guardians say of a child. What the database would refuse is refused here, with the field;
 * what takes two fields or the database to tell, by {@link ProfileRules}.
 *
 * @param age may be left out where {@code dateOfBirth} tells it
 * @param timezone null: that of the parent's account
 * @param consents of a new child
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChildFields(
    @NotNull @TypedText(max = 100) String name,
    @Nullable @Min(0) @Max(25) Integer age,
    @Nullable LocalDate dateOfBirth,
    @Nullable @Size(max = 64) @Pattern(regexp = "[A-Za-z0-9_+/-]+") String timezone,
    @Nullable @Pattern(regexp = "https?://[!-~]{1,490}") String avatarUrl,
    @Nullable
        @TypedText(max = 200)
        @Pattern(regexp = "(?s).{3,}", message = "must have at least 3 characters")
        String diagnosis,
    @Nullable @Min(1) @Max(3) Integer supportLevel,
    @Nullable LocalDate diagnosisDate,
    @Nullable @TypedText(max = 200) String diagnosingProfessional,
    @Nullable Map<String, Object> sensoryProfile,
    @Nullable @TypedText(max = 2000, lines = true) String behavioralNotes,
    @Nullable @Pattern(regexp = "verbal|non_verbal|mixed|alternative") String communicationStyle,
    @Nullable @TypedText(max = 1000, lines = true) String communicationNotes,
    @Nullable @Size(max = 10) List<@NotNull Map<String, Object>> currentTherapies,
    @Nullable @Size(max = 5) List<@NotNull Map<String, Object>> emergencyContacts,
    @Nullable Map<String, Object> safetyProtocols,
    @Nullable Map<String, Object> baselineAssessment,
    @Nullable LocalDate lastAssessmentDate,
    @Nullable @Size(max = 100) List<Object> progressNotes,
    @Nullable @Valid Consents consents) {

  @SuppressWarnings("NullAway") // what is missing is told by the constraints
  ChildFields {
    name = Canonical.text(name);
    diagnosis = Canonical.text(diagnosis);
    diagnosingProfessional = Canonical.text(diagnosingProfessional);
    behavioralNotes = Canonical.text(behavioralNotes);
    communicationNotes = Canonical.text(communicationNotes);
    currentTherapies = requireNonNullElse(currentTherapies, List.of());
    emergencyContacts = requireNonNullElse(emergencyContacts, List.of());
    safetyProtocols = requireNonNullElse(safetyProtocols, Map.of());
    progressNotes = requireNonNullElse(progressNotes, List.of());
  }

  /**
   * What the parent consents to from the start.
   *
   * @param textVersion which text the parent has read
   * @param playAnalytics has to be true: nothing can be done for a child without it
   */
  record Consents(
      @NotNull @TypedText(max = 20) String textVersion,
      @Nullable Boolean playAnalytics,
      @Nullable Boolean populationFigures,
      @Nullable Boolean researchExport) {
    @SuppressWarnings("NullAway") // what is missing is told by the constraints
    Consents {
      textVersion = Canonical.text(textVersion);
    }
  }
}
