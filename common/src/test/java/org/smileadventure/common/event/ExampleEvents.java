package org.smileadventure.common.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.smileadventure.common.event.Payload.AchievementUnlocked;
import org.smileadventure.common.event.Payload.ActivityRecorded;
import org.smileadventure.common.event.Payload.ActivityType;
import org.smileadventure.common.event.Payload.EmotionObserved;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.HelpRequested;
import org.smileadventure.common.event.Payload.Indicator;
import org.smileadventure.common.event.Payload.InteractionRecorded;
import org.smileadventure.common.event.Payload.LevelCompleted;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.Payload.ParentRated;
import org.smileadventure.common.event.Payload.ProgressMarked;
import org.smileadventure.common.event.Payload.RegulationUsed;
import org.smileadventure.common.event.Payload.SessionEnded;
import org.smileadventure.common.event.Payload.SessionPaused;
import org.smileadventure.common.event.Payload.SessionResumed;
import org.smileadventure.common.event.Payload.SessionStarted;
import org.smileadventure.common.event.Payload.SessionType;
import org.smileadventure.common.event.Payload.SupportNeeded;

/** Valid events: of each type one with all its fields, and one with none that may be missing. */
final class ExampleEvents {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final SessionId SESSION = SessionId.parse("019ca8e0-7b00-7abc-8def-0123456789ab");
  static final ChildId CHILD = new ChildId(42);

  private ExampleEvents() {}

  static Stream<SessionEvent> all() {
    return payloads().map(ExampleEvents::of);
  }

  static SessionEvent of(Payload payload) {
    return new SessionEvent(SESSION, CHILD, 7, NOW.minusNanos(876_544_000), payload);
  }

  private static Stream<Payload> payloads() {
    return Stream.of(
        new SessionStarted(
            SessionType.DENTAL_VISIT,
            "dental_hygiene",
            "Dental hygiene: brush, rinse, smile \uD83D\uDE00",
            "1.0",
            "tablet",
            "Tab 9",
            "2.3.1",
            "home",
            true,
            EmotionalState.ANXIOUS),
        new SessionStarted(
            SessionType.DAILY_ROUTINE, null, "Morning", null, null, null, null, null, null, null),
        new InteractionRecorded("step-1", Outcome.INCORRECT, 1_250, true),
        new InteractionRecorded(null, Outcome.NEUTRAL, null, null),
        new HelpRequested("step-1"),
        new HelpRequested(null),
        new EmotionObserved(EmotionalState.FRUSTRATED, 5, "loud noise", Indicator.STRESS),
        new EmotionObserved(EmotionalState.CALM, 1, null, null),
        new RegulationUsed("deep breathing", 4, false),
        new SessionPaused(),
        new SessionResumed(),
        new LevelCompleted(3, 120),
        new LevelCompleted(1, null),
        new AchievementUnlocked("first_smile"),
        new ProgressMarked("social_eye_contact"),
        new SessionEnded(EndStatus.COMPLETED, "normal_completion", 95, EmotionalState.HAPPY),
        new SessionEnded(EndStatus.INTERRUPTED, null, null, null),
        new ParentRated(5, "Went well", Map.of("engaged", true, "signs", List.of("smiled", 2))),
        new ParentRated(1, null, null),
        new ActivityRecorded(
            ActivityType.DENTAL_CARE,
            "Brushing teeth",
            "In the evening",
            "healthcare",
            100,
            2,
            NOW.minusSeconds(600),
            NOW.minusSeconds(300),
            5,
            EmotionalState.OVERWHELMED,
            EmotionalState.CONFIDENT,
            8,
            3,
            SupportNeeded.MODERATE,
            "parent",
            List.of("timer"),
            List.of("dimmed light"),
            List.of("soft brush", "no mint"),
            List.of("taste"),
            List.of("counting"),
            "home",
            EndStatus.COMPLETED,
            4,
            "Better than yesterday"),
        new ActivityRecorded(
            ActivityType.FREE_PLAY,
            "Lego",
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
            null));
  }
}
