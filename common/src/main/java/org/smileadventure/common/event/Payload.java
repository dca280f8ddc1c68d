package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says beyond who, where and when. The records are the contract: their components are
 * the fields on the wire, their constraints are the ranges, and the published JSON Schemas are held
 * against them. A component that may be missing is {@code @Nullable}.
 */
@JsonIgnoreProperties(ignoreUnknown = true) // or each unknown field is kept until all are read
public sealed interface Payload {

  /** A session began. Always the event with sequence 1. */
  record SessionStarted(
      @NotNull SessionType sessionType,
      @Nullable @Size(min = 1, max = 100) String scenarioId,
      @NotBlank @Size(max = 200) String scenarioName,
      @Nullable @Size(max = 20) String scenarioVersion,
      @Nullable @Size(max = 50) String deviceType,
      @Nullable @Size(max = 500) String deviceModel,
      @Nullable @Size(max = 20) String appVersion,
      @Nullable @Size(max = 50) String environmentType,
      @Nullable Boolean supportPersonPresent,
      @Nullable EmotionalState initialEmotion)
      implements Payload {}

  /**
   * The child did something in the game.
   *
   * @param responseTimeMs from the moment the game could be answered, in milliseconds
   */
  record InteractionRecorded(
      @Nullable @Size(max = 100) String stepId,
      @NotNull Outcome outcome,
      @Nullable @Min(0) @Max(86_400_000) Integer responseTimeMs,
      @Nullable Boolean hintUsed)
      implements Payload {}

  /** The child, or someone for it, asked the game for help. */
  record HelpRequested(@Nullable @Size(max = 100) String stepId) implements Payload {}

  /**
   * An emotion seen by the game or by someone beside the child.
   *
   * @param intensity from 1 (faint) to 5 (overwhelming)
   * @param trigger what brought it on, as far as known
   */
  record EmotionObserved(
      @NotNull EmotionalState state,
      @NotNull @Min(1) @Max(5) Integer intensity,
      @Nullable @Size(max = 100) String trigger,
      @Nullable Indicator indicator)
      implements Payload {}

  /**
   * A way of calming down was used.
   *
   * @param effectiveness from 1 (no effect) to 5 (calm again)
   */
  record RegulationUsed(
      @NotBlank @Size(max = 100) String strategy,
      @NotNull @Min(1) @Max(5) Integer effectiveness,
      @NotNull Boolean childInitiated)
      implements Payload {}

  /** The game was paused. A pause that is never resumed lasts until the session's end. */
  record SessionPaused() implements Payload {}

  /** The game went on after a pause. */
  record SessionResumed() implements Payload {}

  /** A level of the scenario was finished, with the points for it. */
  record LevelCompleted(
      @NotNull @Min(1) @Max(10_000) Integer level, @Nullable @Min(0) @Max(1_000_000) Integer score)
      implements Payload {}

  /** An achievement was earned. */
  record AchievementUnlocked(@NotBlank @Size(max = 100) String id) implements Payload {}

  /** A step in the child's development was seen. */
  record ProgressMarked(
      @NotBlank
          @Size(max = 100)
          @Pattern(regexp = "^(skill|behavior|social|emotional|cognitive)_.+$")
          String id)
      implements Payload {}

  /** The session is over. */
  record SessionEnded(
      @NotNull EndStatus status,
      @Nullable @Size(max = 100) String exitReason,
      @Nullable @Min(0) @Max(1_000_000) Integer score,
      @Nullable EmotionalState finalEmotion)
      implements Payload {}

  /** A parent's word on the session. A later rating takes the place of an earlier one. */
  record ParentRated(
      @NotNull @Min(1) @Max(5) Integer rating,
      @Nullable @Size(max = 1000) String notes,
      @Nullable Map<String, Object> observedBehavior)
      implements Payload {}

  /**
   * A task of daily life, such as brushing teeth. It stands in a session of its own.
   *
   * @param completedAt null: when the event occurred
   */
  record ActivityRecorded(
      @NotNull ActivityType activityType,
      @NotBlank @Size(min = 2, max = 200) String activityName,
      @Nullable @Size(max = 1000) String description,
      @Nullable @Size(max = 50) String category,
      @Nullable @Min(0) @Max(100) Integer pointsEarned,
      @Nullable @Min(1) @Max(5) Integer difficultyLevel,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt,
      @Nullable @Min(0) @Max(480) Integer durationMinutes,
      @Nullable EmotionalState emotionalStateBefore,
      @Nullable EmotionalState emotionalStateAfter,
      @Nullable @Min(1) @Max(10) Integer anxietyLevelBefore,
      @Nullable @Min(1) @Max(10) Integer anxietyLevelAfter,
      @Nullable SupportNeeded supportLevelNeeded,
      @Nullable @Size(max = 100) String supportProvidedBy,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> assistiveTechnologyUsed,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> environmentalModifications,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> sensoryAccommodations,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> challengesEncountered,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> strategiesUsed,
      @Nullable @Size(max = 50) String environmentType,
      @Nullable EndStatus completionStatus,
      @Nullable @Min(1) @Max(5) Integer successRating,
      @Nullable @Size(max = 1000) String notes)
      implements Payload {}

  /** What a session is about. */
  enum SessionType {
    @JsonProperty("dental_visit")
    DENTAL_VISIT,
    @JsonProperty("therapy_session")
    THERAPY_SESSION,
    @JsonProperty("social_scenario")
    SOCIAL_SCENARIO,
    @JsonProperty("sensory_exploration")
    SENSORY_EXPLORATION,
    @JsonProperty("daily_routine")
    DAILY_ROUTINE,
    @JsonProperty("emergency_preparation")
    EMERGENCY_PREPARATION
  }

  /** The ten states that are told apart. Older games also send two names that are read as these. */
  enum EmotionalState {
    @JsonProperty("calm")
    @JsonAlias("neutral")
    CALM,
    @JsonProperty("happy")
    HAPPY,
    @JsonProperty("excited")
    EXCITED,
    @JsonProperty("anxious")
    @JsonAlias("nervous")
    ANXIOUS,
    @JsonProperty("frustrated")
    FRUSTRATED,
    @JsonProperty("overwhelmed")
    OVERWHELMED,
    @JsonProperty("focused")
    FOCUSED,
    @JsonProperty("tired")
    TIRED,
    @JsonProperty("confused")
    CONFUSED,
    @JsonProperty("confident")
    CONFIDENT
  }

  /** How an interaction came out; {@code neutral} ones have no right or wrong. */
  enum Outcome {
    @JsonProperty("correct")
    CORRECT,
    @JsonProperty("incorrect")
    INCORRECT,
    @JsonProperty("neutral")
    NEUTRAL
  }

  /** Whether an observed emotion is a sign of stress or a good sign. */
  enum Indicator {
    @JsonProperty("stress")
    STRESS,
    @JsonProperty("positive")
    POSITIVE
  }

  /** How a session or an activity ended. */
  enum EndStatus {
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("abandoned")
    ABANDONED,
    @JsonProperty("interrupted")
    INTERRUPTED
  }

  /** What an activity is about. */
  enum ActivityType {
    @JsonProperty("dental_care")
    DENTAL_CARE,
    @JsonProperty("therapy_session")
    THERAPY_SESSION,
    @JsonProperty("medication")
    MEDICATION,
    @JsonProperty("exercise")
    EXERCISE,
    @JsonProperty("social_interaction")
    SOCIAL_INTERACTION,
    @JsonProperty("sensory_break")
    SENSORY_BREAK,
    @JsonProperty("educational")
    EDUCATIONAL,
    @JsonProperty("free_play")
    FREE_PLAY
  }

  /** How much support an activity took. */
  enum SupportNeeded {
    @JsonProperty("minimal")
    MINIMAL,
    @JsonProperty("moderate")
    MODERATE,
    @JsonProperty("extensive")
    EXTENSIVE
  }
}
