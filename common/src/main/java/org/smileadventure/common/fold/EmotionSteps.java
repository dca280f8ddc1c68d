package org.smileadventure.common.fold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Payload.EmotionObserved;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.RegulationUsed;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.WireName;
import org.smileadventure.common.fold.Course.Episode;
import org.smileadventure.common.fold.Course.Strategy;
import org.smileadventure.common.fold.Course.Trigger;

/** The child's emotions as they are told, step by step. Each step lasts until the next one. */
final class EmotionSteps {
  private static final Set<EmotionalState> DISTRESS =
      Collections.unmodifiableSet(
          EnumSet.of(
              EmotionalState.ANXIOUS, EmotionalState.FRUSTRATED, EmotionalState.OVERWHELMED));

  /** Neither distress nor the end of it. */
  private static final Set<EmotionalState> BETWEEN =
      Collections.unmodifiableSet(EnumSet.of(EmotionalState.TIRED, EmotionalState.CONFUSED));

  private final SortedMap<String, Long> micros = new TreeMap<>();
  private final SortedMap<String, Long> transitions = new TreeMap<>();
  private final SortedMap<String, Trigger> triggers = new TreeMap<>();
  private final SortedMap<String, Strategy> strategies = new TreeMap<>();
  private final List<Episode> episodes = new ArrayList<>();
  private int observations;
  private int intoDistress;
  private @Nullable EmotionalState first;
  private @Nullable EmotionalState state;
  private long since;
  private boolean distressed;
  private long distressedSince;
  private @Nullable String distressedBy;
  private SortedSet<String> calming = Collections.emptySortedSet();
  private BigInteger recoveryMicros = BigInteger.ZERO;
  private int recoveries;

  /** From the start, with the emotion that is told then, if one is, up to but without the end. */
  static EmotionSteps of(
      List<SessionEvent> events, @Nullable EmotionalState initial, long started, long ended) {
    var steps = new EmotionSteps();
    if (initial != null) {
      steps.step(started, initial, null);
    }
    for (var event : events) {
      switch (event.payload()) {
        case EmotionObserved observed ->
            steps.observed(Math.clamp(Micros.of(event.occurredAt()), started, ended), observed);
        case RegulationUsed regulation -> steps.used(regulation);
        default -> {
          // It says nothing of emotions.
        }
      }
    }
    return steps;
  }

  /** The child is in this state from this moment on. */
  private void step(long moment, EmotionalState next, @Nullable String trigger) {
    if (state == null) {
      first = next;
    } else {
      lasted(state, moment - since);
      if (next != state) {
        transitions.merge(WireName.of(state) + ">" + WireName.of(next), 1L, Long::sum);
      }
    }
    state = next;
    since = moment;
    if (!BETWEEN.contains(next)) {
      turn(moment, DISTRESS.contains(next), trigger);
    }
  }

  private void lasted(EmotionalState state, long length) {
    micros.merge(WireName.of(state), Math.max(length, 0), Micros::plus);
  }

  private void turn(long moment, boolean intoDistress, @Nullable String trigger) {
    if (distressed && !intoDistress) {
      var micros = Math.max(moment - distressedSince, 0);
      recoveries++;
      recoveryMicros = recoveryMicros.add(BigInteger.valueOf(micros));
      episodes.add(new Episode(distressedBy, Micros.millis(micros), calming));
    } else if (!distressed && intoDistress) {
      distressedSince = moment;
      distressedBy = trigger;
      calming = new TreeSet<>();
    }
    distressed = intoDistress;
  }

  /** The same, as somebody saw it. */
  void observed(long moment, EmotionObserved observed) {
    var moved =
        state != null && !DISTRESS.contains(state) && DISTRESS.contains(observed.state()) ? 1 : 0;
    observations++;
    intoDistress += moved;
    if (observed.trigger() != null) {
      triggers.merge(
          observed.trigger(),
          new Trigger(1, moved),
          (sum, one) ->
              new Trigger(
                  sum.observations() + one.observations(),
                  sum.intoDistress() + one.intoDistress()));
    }
    step(moment, observed.state(), observed.trigger());
  }

  /** The child calmed down in this way, or tried to. */
  void used(RegulationUsed regulation) {
    if (distressed) {
      calming.add(regulation.strategy());
    }
    strategies.merge(
        regulation.strategy(),
        new Strategy(1, regulation.effectiveness(), regulation.childInitiated() ? 1 : 0),
        (sum, one) ->
            new Strategy(
                sum.uses() + one.uses(),
                sum.effectivenessSum() + one.effectivenessSum(),
                sum.childInitiated() + one.childInitiated()));
  }

  /** No step comes after this moment; the last one is told then, if it is. */
  Course ended(long moment, @Nullable EmotionalState last) {
    var wasDistressed = distressed;
    if (last != null) {
      step(moment, last, null);
    }
    if (state != null) {
      lasted(state, moment - since);
    }
    // Distress that begins with the session's end is not the beginning of anything that was seen.
    if (distressed && wasDistressed) {
      episodes.add(new Episode(distressedBy, null, calming));
    }
    return new Course(
        micros,
        WireName.ofAny(first),
        WireName.ofAny(state),
        transitions,
        observations,
        intoDistress,
        triggers,
        strategies,
        episodes);
  }

  /** How often a step's state differed from that before; null without a step. */
  @Nullable Long changes() {
    return state == null ? null : transitions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How long all steps in distress lasted, the rest of a second cut off; null without a step. */
  @Nullable Integer distressSeconds() {
    if (state == null) {
      return null;
    }
    var sum = 0L;
    for (var distress : DISTRESS) {
      sum = Micros.plus(sum, micros.getOrDefault(WireName.of(distress), 0L));
    }
    return (int) Micros.seconds(sum);
  }

  /** Mean time from entering distress to the next good state; null if there was no such way out. */
  @Nullable Long recoveryMillis() {
    if (recoveries == 0) {
      return null;
    }
    return new BigDecimal(recoveryMicros)
        .divide(BigDecimal.valueOf(1_000L * recoveries), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
