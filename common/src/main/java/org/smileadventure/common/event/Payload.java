package org.smileadventure.common.event;

import static org.smileadventure.common.event.Check.notBlank;
import static org.smileadventure.common.event.Check.range;
import static org.smileadventure.common.event.Check.text;
import static org.smileadventure.common.event.Check.texts;
import static org.smileadventure.common.event.Check.that;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event says beyond who, where and when. The records are the contract: their components are
 * the fields on the wire, their constructors check the ranges, and the published JSON Schemas are
 * held against them. A component that may be missing is {@code @Nullable}.
 */
public sealed interface Payload {
  int MAX_SCORE = 1_000_000;
  int MAX_NOTES = 1_000;

  /** A session began. Always the event with sequence 1. */
  record SessionStarted(
      SessionType sessionType,
      @Nullable String scenarioId,
      String scenarioName,
      @Nullable String scenarioVersion,
      @Nullable String deviceType,
      @Nullable String deviceModel,
      @Nullable String appVersion,
      @Nullable String environmentType,
      @Nullable Boolean supportPersonPresent,
      @Nullable EmotionalState initialEmotion)
      implements Payload {
    public SessionStarted {
      text("scenarioId", scenarioId, 100);
      that(scenarioId == null || !scenarioId.isEmpty(), "scenarioId", "must not be empty");
      notBlank("scenarioName", scenarioName, 200);
      text("scenarioVersion", scenarioVersion, 20);
      text("deviceType", deviceType, 50);
      text("deviceModel", deviceModel, 500);
      text("appVersion", appVersion, 20);
      text("environmentType", environmentType, 50);
    }
  }

  /**
   * The child did something in the game.
   *
   * @param responseTimeMs from the moment the game could be answered, in milliseconds
   */
  record InteractionRecorded(
      @Nullable String stepId,
      Outcome outcome,
      @Nullable Integer responseTimeMs,
      @Nullable Boolean hintUsed)
      implements Payload {
    public InteractionRecorded {
      text("stepId", stepId, 100);
      range("responseTimeMs", responseTimeMs, 0, 86_400_000);
    }
  }

  /** The child, or someone for it, asked the game for help. */
  record HelpRequested(@Nullable String stepId) implements Payload {
    public HelpRequested {
      text("stepId", stepId, 100);
    }
  }

  /**
   * An emotion seen by the game or by someone beside the child.
   *
   * @param intensity from 1 (faint) to 5 (overwhelming)
   * @param trigger what brought it on, as far as known
   */
  record EmotionObserved(
      EmotionalState state, int intensity, @Nullable String trigger, @Nullable Indicator indicator)
      implements Payload {
    public EmotionObserved {
      range("intensity", intensity, 1, 5);
      text("trigger", trigger, 100);
    }
  }

  /**
   * A way of calming down was used.
   *
   * @param effectiveness from 1 (no effect) to 5 (calm again)
   */
  record RegulationUsed(String strategy, int effectiveness, boolean childInitiated)
      implements Payload {
    public RegulationUsed {
      notBlank("strategy", strategy, 100);
      range("effectiveness", effectiveness, 1, 5);
    }
  }

  /** The game was paused. A pause that is never resumed lasts until the session's end. */
  record SessionPaused() implements Payload {}

  /** The game went on after a pause. */
  record SessionResumed() implements Payload {}

  /** A level of the scenario was finished, with the points for it. */
  record LevelCompleted(int level, @Nullable Integer score) implements Payload {
    public LevelCompleted {
      range("level", level, 1, 10_000);
      range("score", score, 0, MAX_SCORE);
    }
  }

  /** An achievement was earned. */
  record AchievementUnlocked(String id) implements Payload {
    public AchievementUnlocked {
      notBlank("id", id, 100);
    }
  }

  /** A step in the child's development was seen. */
  record ProgressMarked(String id) implements Payload {
    private static final List<String> AREAS =
        List.of("skill_", "behavior_", "social_", "emotional_", "cognitive_");

    public ProgressMarked {
      notBlank("id", id, 100);
      that(
          AREAS.stream().anyMatch(area -> id.startsWith(area) && id.length() > area.length()),
          "id",
          "must begin with one of " + String.join(", ", AREAS) + " and go on");
    }
  }

  /** The session is over. */
  record SessionEnded(
      EndStatus status,
      @Nullable String exitReason,
      @Nullable Integer score,
      @Nullable EmotionalState finalEmotion)
      implements Payload {
    public SessionEnded {
      text("exitReason", exitReason, 100);
      range("score", score, 0, MAX_SCORE);
    }
  }

  /** A parent's word on the session. A later rating takes the place of an earlier one. */
  record ParentRated(
      int rating, @Nullable String notes, @Nullable Map<String, Object> observedBehavior)
      implements Payload {
    public ParentRated {
      range("rating", rating, 1, 5);
      text("notes", notes, MAX_NOTES);
    }
  }

  /**
   * A task of daily life, such as brushing teeth. It stands in a session of its own.
   *
   * @param completedAt null: when the event occurred
   */
  record ActivityRecorded(
      ActivityType activityType,
      String activityName,
      @Nullable String description,
      @Nullable String category,
      @Nullable Integer pointsEarned,
      @Nullable Integer difficultyLevel,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt,
      @Nullable Integer durationMinutes,
      @Nullable EmotionalState emotionalStateBefore,
      @Nullable EmotionalState emotionalStateAfter,
      @Nullable Integer anxietyLevelBefore,
      @Nullable Integer anxietyLevelAfter,
      @Nullable SupportNeeded supportLevelNeeded,
      @Nullable String supportProvidedBy,
      @Nullable List<String> assistiveTechnologyUsed,
      @Nullable List<String> environmentalModifications,
      @Nullable List<String> sensoryAccommodations,
      @Nullable List<String> challengesEncountered,
      @Nullable List<String> strategiesUsed,
      @Nullable String environmentType,
      @Nullable EndStatus completionStatus,
      @Nullable Integer successRating,
      @Nullable String notes)
      implements Payload {
    public ActivityRecorded {
      notBlank("activityName", activityName, 200);
      that(
          activityName.codePointCount(0, activityName.length()) >= 2,
          "activityName",
          "must have at least 2 characters");
      text("description", description, MAX_NOTES);
      text("category", category, 50);
      range("pointsEarned", pointsEarned, 0, 100);
      range("difficultyLevel", difficultyLevel, 1, 5);
      that(
          startedAt == null || completedAt == null || !completedAt.isBefore(startedAt),
          "completedAt",
          "must not be before startedAt");
      range("durationMinutes", durationMinutes, 0, 480);
      range("anxietyLevelBefore", anxietyLevelBefore, 1, 10);
      range("anxietyLevelAfter", anxietyLevelAfter, 1, 10);
      text("supportProvidedBy", supportProvidedBy, 100);
      texts("assistiveTechnologyUsed", assistiveTechnologyUsed);
      texts("environmentalModifications", environmentalModifications);
      texts("sensoryAccommodations", sensoryAccommodations);
      texts("challengesEncountered", challengesEncountered);
      texts("strategiesUsed", strategiesUsed);
      text("environmentType", environmentType, 50);
      range("successRating", successRating, 1, 5);
      text("notes", notes, MAX_NOTES);
    }
  }

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
