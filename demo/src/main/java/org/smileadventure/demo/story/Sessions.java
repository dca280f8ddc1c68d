package org.smileadventure.demo.story;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Indicator;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.demo.story.Sitting.Effort;
import org.smileadventure.demo.story.Sitting.Feelings;
import org.smileadventure.demo.story.Sitting.Remedy;
import org.smileadventure.demo.story.Sitting.Trigger;

/** Turns what a child's sessions are like into events. Chance has its say. */
final class Sessions {
  private static final double RATED = 0.6;
  private static final List<EmotionalState> DISTRESS =
      List.of(
          EmotionalState.ANXIOUS,
          EmotionalState.ANXIOUS,
          EmotionalState.FRUSTRATED,
          EmotionalState.OVERWHELMED);
  private static final List<EmotionalState> GOOD =
      List.of(
          EmotionalState.CALM,
          EmotionalState.FOCUSED,
          EmotionalState.HAPPY,
          EmotionalState.CONFIDENT);

  private final ChildId child;
  private final Random drawn;
  private final TimeBasedEpochGenerator ids;

  Sessions(ChildId child, Random drawn) {
    this.child = child;
    this.drawn = drawn;
    this.ids = Generators.timeBasedEpochGenerator(new Random(drawn.nextLong()));
  }

  private record Moment(Duration offset, Payload payload) {}

  /** A session, and what the parent says of it in the evening. */
  List<SessionEvent> play(Sitting sitting, Instant start) {
    var completes = happens(sitting.effort().completes());
    var length = seconds(60 * around(sitting.effort().minutes(), 0.2) * (completes ? 1 : 0.7));
    var anxious = happens(sitting.feelings().anxiousAtStart());
    var moments = new ArrayList<Moment>();
    interactions(moments, sitting.effort(), length);
    feelings(moments, sitting.feelings(), length, anxious);
    levels(moments, sitting, length);
    moments.sort(Comparator.comparing(Moment::offset));
    moments.addFirst(new Moment(Duration.ZERO, started(sitting, anxious)));
    moments.addLast(new Moment(length, ended(sitting.effort(), completes)));
    if (happens(RATED)) {
      moments.addLast(
          new Moment(
              length.plusMinutes(10 + drawn.nextInt(120)),
              new Payload.ParentRated(
                  Math.clamp(Math.round(near(sitting.rating(), 0.6)), 1, 5), null, null)));
    }
    return told(moments, start);
  }

  private List<SessionEvent> told(List<Moment> moments, Instant start) {
    var id = new SessionId(ids.construct(start.toEpochMilli()));
    var events = new ArrayList<SessionEvent>(moments.size());
    for (var moment : moments) {
      events.add(
          new SessionEvent(
              id,
              child,
              events.size() + 1,
              start.plus(moment.offset().truncatedTo(ChronoUnit.MILLIS)),
              moment.payload()));
    }
    return events;
  }

  private static Payload started(Sitting sitting, boolean anxious) {
    return new Payload.SessionStarted(
        sitting.scenario().type,
        sitting.scenario().id(),
        sitting.scenario().title,
        "1.0",
        "tablet",
        null,
        "2.3.1",
        "home",
        sitting.supported(),
        anxious ? EmotionalState.ANXIOUS : EmotionalState.CALM);
  }

  private Payload ended(Effort effort, boolean completes) {
    return completes
        ? new Payload.SessionEnded(
            EndStatus.COMPLETED,
            "normal_completion",
            Math.clamp(Math.round(near(effort.score(), 5)), 0, 100),
            any(GOOD))
        : new Payload.SessionEnded(EndStatus.ABANDONED, "voluntary", null, EmotionalState.TIRED);
  }

  private void interactions(List<Moment> moments, Effort effort, Duration length) {
    var success = Math.clamp(near(effort.success(), 0.07), 0.05, 0.98);
    var count = Math.round(around(effort.pace(), 0.15) * length.toSeconds() / 60);
    for (int i = 0; i < count; i++) {
      var at = within(length);
      var hint = happens(0.08);
      if (hint) {
        moments.add(new Moment(at, new Payload.HelpRequested(null)));
      }
      moments.add(
          new Moment(
              at,
              new Payload.InteractionRecorded(
                  null,
                  happens(success) ? Outcome.CORRECT : Outcome.INCORRECT,
                  (int) Math.min(20_000, Math.round(around(2_500, 0.4))),
                  hint)));
    }
  }

  private static void levels(List<Moment> moments, Sitting sitting, Duration length) {
    var levels = 1 + length.toMinutes() / 4;
    for (int level = 1; level <= levels; level++) {
      moments.add(
          new Moment(
              length.multipliedBy(level).dividedBy(levels + 1),
              new Payload.LevelCompleted(level, null)));
    }
    if (sitting.effort().score() > 70) {
      moments.add(
          new Moment(
              length.multipliedBy(9).dividedBy(10),
              new Payload.AchievementUnlocked(sitting.scenario().id() + "_star")));
    }
  }

  /** Each thing that happens has a stretch of the session for itself. */
  private void feelings(List<Moment> moments, Feelings feelings, Duration length, boolean anxious) {
    var happenings = happenings(feelings);
    var stretches = happenings.size() + (anxious ? 1 : 0);
    if (stretches == 0) {
      return;
    }
    var stretch = length.dividedBy(stretches);
    if (anxious) {
      calmsDown(moments, feelings, Duration.ZERO, stretch);
    }
    for (int i = 0; i < happenings.size(); i++) {
      var happening = happenings.get(i);
      var ends = stretch.multipliedBy(stretches - happenings.size() + i + 1L);
      var at = ends.minus(stretch.multipliedBy(60 + drawn.nextInt(36)).dividedBy(100));
      if (happens(happening.upsets())) {
        moments.add(
            new Moment(
                at,
                new Payload.EmotionObserved(
                    any(DISTRESS), 2 + drawn.nextInt(4), happening.name(), Indicator.STRESS)));
        calmsDown(moments, feelings, at, ends);
      } else {
        moments.add(
            new Moment(
                at,
                new Payload.EmotionObserved(
                    any(GOOD), 1 + drawn.nextInt(4), happening.name(), Indicator.POSITIVE)));
      }
    }
  }

  private List<Trigger> happenings(Feelings feelings) {
    var happenings = new ArrayList<Trigger>();
    for (var trigger : feelings.triggers()) {
      // The whole part for sure, and one more as likely as the rest says.
      happenings.addAll(Collections.nCopies((int) (trigger.times() + drawn.nextDouble()), trigger));
    }
    Collections.shuffle(happenings, drawn);
    return happenings;
  }

  /** With a remedy sooner than without one, and at the latest when the next thing happens. */
  private void calmsDown(
      List<Moment> moments, Feelings feelings, Duration upset, Duration nextHappening) {
    var remedy = remedy(feelings.remedies());
    var effect =
        remedy.map(used -> Math.clamp(Math.round(near(used.effect(), 0.6)), 1, 5)).orElse(1);
    var wanted = seconds(around(feelings.distressSeconds() * (7 - effect) / 4, 0.3));
    var most = nextHappening.minus(upset).multipliedBy(95).dividedBy(100);
    var lasts = wanted.compareTo(most) < 0 ? wanted : most;
    remedy.ifPresent(
        used ->
            moments.add(
                new Moment(
                    upset.plus(lasts.dividedBy(3)),
                    new Payload.RegulationUsed(
                        used.strategy(), effect, happens(used.childInitiated())))));
    moments.add(
        new Moment(
            upset.plus(lasts),
            new Payload.EmotionObserved(
                EmotionalState.CALM, 1 + drawn.nextInt(3), null, Indicator.POSITIVE)));
  }

  private Optional<Remedy> remedy(List<Remedy> remedies) {
    var lot = drawn.nextDouble();
    for (var remedy : remedies) {
      lot -= remedy.used();
      if (lot < 0) {
        return Optional.of(remedy);
      }
    }
    return Optional.empty();
  }

  /** A task of daily life, told when it is done. */
  SessionEvent record(Deed deed, Instant begins) {
    var before = anxiety(deed.anxietyBefore());
    var after = anxiety(deed.anxietyAfter());
    var ends = begins.plus(Duration.ofMinutes(deed.minutes()));
    return told(
            List.of(
                new Moment(
                    Duration.ofMinutes(deed.minutes()),
                    new Payload.ActivityRecorded(
                        deed.type(),
                        deed.name(),
                        null,
                        null,
                        10,
                        null,
                        begins,
                        ends,
                        deed.minutes(),
                        state(before),
                        state(after),
                        before,
                        after,
                        deed.support(),
                        "parent",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "home",
                        EndStatus.COMPLETED,
                        null,
                        null))),
            begins)
        .getFirst();
  }

  private int anxiety(double mean) {
    return Math.clamp(Math.round(near(mean, 0.8)), 1, 10);
  }

  private static EmotionalState state(int anxiety) {
    if (anxiety >= 6) {
      return EmotionalState.ANXIOUS;
    }
    return anxiety >= 4 ? EmotionalState.TIRED : EmotionalState.CALM;
  }

  private boolean happens(double likelihood) {
    return drawn.nextDouble() < likelihood;
  }

  private <T> T any(List<T> choice) {
    return choice.get(drawn.nextInt(choice.size()));
  }

  private double near(double mean, double spread) {
    return mean + spread * drawn.nextGaussian();
  }

  /** The same for what cannot be negative; the spread is a share of it. */
  private double around(double median, double spread) {
    return median * Math.exp(spread * drawn.nextGaussian());
  }

  private Duration within(Duration length) {
    return Duration.ofMillis(1 + drawn.nextLong(length.toMillis() - 1));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1_000 * seconds));
  }
}
