package org.smileadventure.benchmarks.ingest;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongFunction;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

/**
 * What reaches Kafka while many children play at once, without end, in the order of time: so many
 * sessions are open at any moment, each by another child, and the next one begins when one is over.
 * Of the events 2 % come twice, the second time up to half a minute later, and 0.1 % are spoiled on
 * their way. Two streams of the same beginning and children are the same.
 */
final class PlayStream {
  private static final long SEED = 20_261_123;
  private static final double REDELIVERED = 0.02;
  private static final double SPOILED = 0.001;
  private static final double RATED = 0.1;

  /** How an event arrives. */
  enum Condition {
    NEW,
    /** It was delivered before. */
    REDELIVERED,
    /** Its JSON is to break off in the middle. */
    CUT_SHORT,
    /** It has a value out of range. */
    OUT_OF_RANGE,
    /** It names a child that is not there. */
    UNKNOWN_CHILD;

    boolean isGood() {
      return this == NEW || this == REDELIVERED;
    }
  }

  record Delivery(SessionEvent event, Condition condition) {}

  /**
   * What comes next at a moment; of those at one moment, in the order in which they were put in.
   */
  private record Due(long atMillis, long place, LongFunction<Delivery> next) {}

  private final Random drawn = new Random(SEED);
  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator(new Random(SEED));
  private final List<ChildId> children;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparingLong(Due::place));
  private long places;
  private int plays;
  private long strangers = 1_000_000_000;

  PlayStream(List<ChildId> children, int openSessions, Instant begin) {
    if (openSessions > children.size() / 4) {
      throw new BenchmarkFailure(
          "%,d children are too few for %,d open sessions; take at least four times as many"
              .formatted(children.size(), openSessions));
    }
    this.children = new ArrayList<>(children);
    Collections.shuffle(this.children, drawn);
    for (int i = 0; i < openSessions; i++) {
      openPlay(begin.toEpochMilli() + drawn.nextInt(300_000));
    }
  }

  Delivery next() {
    var due = queue.remove();
    return due.next().apply(due.atMillis());
  }

  private void openPlay(long startMillis) {
    // In turns, so that the child's last session is long over.
    var play = new OpenPlay(children.get(plays++ % children.size()), startMillis);
    at(startMillis, play::start);
  }

  private void at(long millis, LongFunction<Delivery> next) {
    queue.add(new Due(millis, places++, next));
  }

  private final class OpenPlay {
    private final ChildId child;
    private final SessionId id;
    private long millis;
    private int sequence;
    private int stepsLeft = 15 + drawn.nextInt(70);
    private int level;
    private boolean paused;

    OpenPlay(ChildId child, long startMillis) {
      this.child = child;
      this.id = new SessionId(ids.construct(startMillis));
    }

    Delivery start(long now) {
      millis = now;
      goOn();
      var started =
          new Payload.SessionStarted(
              draw(Payload.SessionType.values()),
              "scenario-" + drawn.nextInt(50),
              "Scenario",
              "1." + drawn.nextInt(4),
              draw("tablet", "desktop", "mobile"),
              null,
              "2.3.1",
              draw("home", "clinic", "school"),
              drawn.nextBoolean(),
              draw(EmotionalState.values()));
      return delivered(started);
    }

    private Delivery step(long now) {
      millis = now;
      stepsLeft--;
      var payload = paused ? resumed() : stepsLeft > 0 ? played() : null;
      if (payload == null) {
        return end();
      }
      goOn();
      return drawn.nextDouble() < SPOILED ? spoiled(payload) : delivered(payload);
    }

    private void goOn() {
      at(millis + 500 + drawn.nextInt(12_000), this::step);
    }

    private Payload played() {
      var kind = drawn.nextInt(100);
      if (kind < 70) {
        var outcome = drawn.nextInt(10);
        return new Payload.InteractionRecorded(
            "step-" + drawn.nextInt(30),
            outcome < 7 ? Outcome.CORRECT : outcome < 9 ? Outcome.INCORRECT : Outcome.NEUTRAL,
            (int) Math.min(60_000, Math.round(Math.exp(7 + 0.6 * drawn.nextGaussian()))),
            drawn.nextInt(20) == 0);
      } else if (kind < 81) {
        return new Payload.EmotionObserved(
            draw(EmotionalState.values()), 1 + drawn.nextInt(5), "drill_sound", null);
      } else if (kind < 87) {
        return new Payload.HelpRequested("step-" + drawn.nextInt(30));
      } else if (kind < 90) {
        return new Payload.RegulationUsed("breathing", 1 + drawn.nextInt(5), drawn.nextBoolean());
      } else if (kind < 94) {
        return new Payload.LevelCompleted(++level, drawn.nextInt(100));
      } else if (kind < 96) {
        return new Payload.AchievementUnlocked("achievement-" + drawn.nextInt(40));
      } else if (kind < 98) {
        return new Payload.ProgressMarked("skill_" + drawn.nextInt(40));
      }
      paused = true;
      return new Payload.SessionPaused();
    }

    private Payload resumed() {
      paused = false;
      return new Payload.SessionResumed();
    }

    private Delivery end() {
      openPlay(millis + 1_000 + drawn.nextInt(20_000));
      if (drawn.nextDouble() < RATED) {
        at(millis + 60_000 + drawn.nextInt(600_000), this::rate);
      }
      var ending = drawn.nextInt(20);
      return delivered(
          switch (ending) {
            case 0, 1, 2 -> new Payload.SessionEnded(EndStatus.ABANDONED, "voluntary", null, null);
            case 3 -> new Payload.SessionEnded(EndStatus.INTERRUPTED, "technical", null, null);
            default ->
                new Payload.SessionEnded(
                    EndStatus.COMPLETED,
                    "normal_completion",
                    40 + drawn.nextInt(61),
                    draw(EmotionalState.values()));
          });
    }

    private Delivery rate(long now) {
      millis = now;
      return delivered(new Payload.ParentRated(1 + drawn.nextInt(5), "went well", null));
    }

    private Delivery delivered(Payload payload) {
      var event = event(child, payload);
      if (drawn.nextDouble() < REDELIVERED) {
        at(millis + 1_000 + drawn.nextInt(30_000), _ -> new Delivery(event, Condition.REDELIVERED));
      }
      return new Delivery(event, Condition.NEW);
    }

    /** Its sequence number goes with it, so the session will show that an event is missing. */
    private Delivery spoiled(Payload payload) {
      return switch (drawn.nextInt(3)) {
        case 0 -> new Delivery(event(child, payload), Condition.CUT_SHORT);
        case 1 ->
            new Delivery(
                event(child, new Payload.EmotionObserved(EmotionalState.HAPPY, 9, null, null)),
                Condition.OUT_OF_RANGE);
        default -> new Delivery(event(new ChildId(strangers++), payload), Condition.UNKNOWN_CHILD);
      };
    }

    private SessionEvent event(ChildId by, Payload payload) {
      sequence++;
      return new SessionEvent(id, by, sequence, Instant.ofEpochMilli(millis), payload);
    }
  }

  @SafeVarargs
  private final <T> T draw(T... choices) {
    return choices[drawn.nextInt(choices.length)];
  }
}
