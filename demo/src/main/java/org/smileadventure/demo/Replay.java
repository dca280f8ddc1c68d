package org.smileadventure.demo;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

/**
 * Makes events of recorded sessions, moved to the present by a whole number of weeks. What the
 * record does not say is drawn from a generator with a fixed seed; those places say "drawn".
 */
final class Replay {
  /** Told of every real session, and of no other. */
  static final String SCENARIO = "lakeland";

  private static final long SEED = 20_200_502;
  private static final Duration WEEK = Duration.ofDays(7);

  private final Random drawn = new Random(SEED);
  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator(new Random(SEED));

  /** The events of all sessions in the order of their times, as they would have arrived. */
  List<SessionEvent> events(
      List<RecordedSession> sessions, Map<String, ChildId> children, Instant now) {
    var last =
        sessions.stream()
            .map(RecordedSession::endedAt)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    var shift = WEEK.multipliedBy(Duration.between(last, now).dividedBy(WEEK));
    var events = new ArrayList<SessionEvent>();
    for (var session : sessions) {
      var child = children.get(session.player());
      if (child == null) {
        throw new IllegalArgumentException("player " + session.player() + " has no child");
      }
      events.addAll(play(session, child, session.startedAt().plus(shift)));
    }
    // A stable sort: within a session times do not decrease, so its events stay in sequence.
    events.sort(Comparator.comparing(SessionEvent::occurredAt));
    return events;
  }

  /** A short completed session that ends now. */
  List<SessionEvent> oneMore(ChildId child, Instant now) {
    var length = Duration.ofMinutes(3);
    var session =
        new RecordedSession(
            "", now.minus(length), length, Duration.ZERO, 30, 3, 5, 1, 1, List.of(), "15");
    return play(session, child, session.startedAt());
  }

  private record Moment(Duration offset, Payload payload) {}

  private List<SessionEvent> play(RecordedSession session, ChildId child, Instant start) {
    var moments = new ArrayList<Moment>();
    for (var achievement : session.achievements()) {
      moments.add(
          new Moment(achievement, new Payload.AchievementUnlocked("lakeland_" + moments.size())));
    }
    var playing = session.duration().minus(session.paused());
    var pauseStart = drawnWithin(playing); // drawn: when the pause was
    for (int i = 0; i < session.activeEvents(); i++) {
      moments.add(new Moment(drawnOffset(session, pauseStart), interaction()));
    }
    for (int i = 0; i < session.helpOpened(); i++) {
      moments.add(new Moment(drawnOffset(session, pauseStart), new Payload.HelpRequested(null)));
    }
    emotions(moments, session, pauseStart, session.positiveEmotes(), List.of(EmotionalState.HAPPY));
    emotions(moments, session, pauseStart, session.neutralEmotes(), List.of(EmotionalState.CALM));
    emotions(
        moments,
        session,
        pauseStart,
        session.negativeEmotes(),
        List.of(EmotionalState.FRUSTRATED, EmotionalState.ANXIOUS));
    if (session.paused().isPositive()) {
      moments.add(new Moment(pauseStart, new Payload.SessionPaused()));
      moments.add(new Moment(pauseStart.plus(session.paused()), new Payload.SessionResumed()));
    }
    moments.sort(Comparator.comparing(Moment::offset));
    moments.addFirst(new Moment(Duration.ZERO, started(session)));
    moments.addLast(new Moment(session.duration(), ended()));

    var id = new SessionId(ids.construct(start.toEpochMilli()));
    var events = new ArrayList<SessionEvent>(moments.size());
    for (var moment : moments) {
      events.add(
          new SessionEvent(
              id, child, events.size() + 1, start.plus(moment.offset()), moment.payload()));
    }
    return events;
  }

  private void emotions(
      List<Moment> moments,
      RecordedSession session,
      Duration pauseStart,
      int count,
      List<EmotionalState> states) {
    for (int i = 0; i < count; i++) {
      // drawn: which of the states that such an emote stands for, and how strong
      var state = states.get(drawn.nextInt(states.size()));
      moments.add(
          new Moment(
              drawnOffset(session, pauseStart),
              new Payload.EmotionObserved(state, 1 + drawn.nextInt(5), null, null)));
    }
  }

  /** Drawn: when something happened, evenly over the time that was played. */
  private Duration drawnOffset(RecordedSession session, Duration pauseStart) {
    var offset = drawnWithin(session.duration().minus(session.paused()));
    return offset.compareTo(pauseStart) > 0 ? offset.plus(session.paused()) : offset;
  }

  private Duration drawnWithin(Duration length) {
    return Duration.ofMillis(length.isPositive() ? drawn.nextLong(length.toMillis() + 1) : 0);
  }

  /** The game has no scenarios or types of session in our sense: one stands for all. */
  private static Payload started(RecordedSession session) {
    return new Payload.SessionStarted(
        Payload.SessionType.DAILY_ROUTINE,
        SCENARIO,
        "Lakeland",
        session.version(),
        "web",
        null,
        session.version(),
        "home",
        null,
        null);
  }

  /** Drawn: whether it was right, how long it took, whether a hint was used. */
  private Payload interaction() {
    var outcome = drawn.nextInt(10);
    return new Payload.InteractionRecorded(
        null,
        outcome < 7 ? Outcome.CORRECT : outcome < 9 ? Outcome.INCORRECT : Outcome.NEUTRAL,
        (int) Math.min(60_000, Math.round(Math.exp(7 + 0.6 * drawn.nextGaussian()))),
        drawn.nextInt(20) == 0);
  }

  /** Drawn: how it ended, with which score and mood. */
  private Payload ended() {
    var ending = drawn.nextInt(20);
    return switch (ending) {
      case 0, 1, 2 -> new Payload.SessionEnded(EndStatus.ABANDONED, "voluntary", null, null);
      case 3 -> new Payload.SessionEnded(EndStatus.INTERRUPTED, "technical", null, null);
      default ->
          new Payload.SessionEnded(
              EndStatus.COMPLETED,
              "normal_completion",
              40 + drawn.nextInt(61),
              drawn.nextInt(4) == 0 ? EmotionalState.CONFIDENT : EmotionalState.CALM);
    };
  }
}
