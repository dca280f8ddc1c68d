package org.smileadventure.common.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of event, with their names on the wire and the record that each one carries. */
public enum EventType {
  SESSION_STARTED("session.started", Payload.SessionStarted.class),
  INTERACTION_RECORDED("interaction.recorded", Payload.InteractionRecorded.class),
  HELP_REQUESTED("help.requested", Payload.HelpRequested.class),
  EMOTION_OBSERVED("emotion.observed", Payload.EmotionObserved.class),
  REGULATION_USED("regulation.used", Payload.RegulationUsed.class),
  SESSION_PAUSED("session.paused", Payload.SessionPaused.class),
  SESSION_RESUMED("session.resumed", Payload.SessionResumed.class),
  LEVEL_COMPLETED("level.completed", Payload.LevelCompleted.class),
  ACHIEVEMENT_UNLOCKED("achievement.unlocked", Payload.AchievementUnlocked.class),
  PROGRESS_MARKED("progress.marked", Payload.ProgressMarked.class),
  SESSION_ENDED("session.ended", Payload.SessionEnded.class),
  PARENT_RATED("parent.rated", Payload.ParentRated.class),
  ACTIVITY_RECORDED("activity.recorded", Payload.ActivityRecorded.class);

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(EventType::wireName, Function.identity()));

  private final String wireName;
  private final Class<? extends Payload> payload;

  EventType(String wireName, Class<? extends Payload> payload) {
    this.wireName = wireName;
    this.payload = payload;
  }

  /** The value of the CloudEvents attribute {@code type}. */
  public String wireName() {
    return wireName;
  }

  public Class<? extends Payload> payload() {
    return payload;
  }

  public static Optional<EventType> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }

  static EventType of(Payload payload) {
    return switch (payload) {
      case Payload.SessionStarted _ -> SESSION_STARTED;
      case Payload.InteractionRecorded _ -> INTERACTION_RECORDED;
      case Payload.HelpRequested _ -> HELP_REQUESTED;
      case Payload.EmotionObserved _ -> EMOTION_OBSERVED;
      case Payload.RegulationUsed _ -> REGULATION_USED;
      case Payload.SessionPaused _ -> SESSION_PAUSED;
      case Payload.SessionResumed _ -> SESSION_RESUMED;
      case Payload.LevelCompleted _ -> LEVEL_COMPLETED;
      case Payload.AchievementUnlocked _ -> ACHIEVEMENT_UNLOCKED;
      case Payload.ProgressMarked _ -> PROGRESS_MARKED;
      case Payload.SessionEnded _ -> SESSION_ENDED;
      case Payload.ParentRated _ -> PARENT_RATED;
      case Payload.ActivityRecorded _ -> ACTIVITY_RECORDED;
    };
  }
}
