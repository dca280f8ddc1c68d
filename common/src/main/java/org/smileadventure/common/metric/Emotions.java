package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

/**
 * The states the child was seen in, weighted by how long they lasted, and the ways between them.
 *
 * @param transitionEntropy in bits; 0 if all transitions are the same, null without one
 * @param completeness how many of the sessions' first and last states were told
 * @param stability by the number of different states; null without one
 */
public record Emotions(
    Map<String, State> states,
    @Nullable String mostCommonFirst,
    @Nullable String mostCommonLast,
    List<Transition> transitions,
    @Nullable Double transitionEntropy,
    Share completeness,
    int distinctStates,
    @Nullable Stability stability,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int STATES_OF_HIGH_STABILITY = 2;
  private static final int STATES_OF_MODERATE_STABILITY = 4;

  /**
   * How long a state lasted.
   *
   * @param share percentage of the seconds of all states; null if no time has passed in any
   */
  public record State(double seconds, @Nullable Double share) {}

  public record Transition(String from, String to, long n) {}

  public enum Stability {
    HIGH,
    MODERATE,
    LOW;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Emotions of(WindowMoments moments) {
    var states = moments.states();
    var transitions =
        moments.transitions().stream()
            .map(t -> new Transition(t.stateBefore(), t.state(), t.n()))
            .sorted(Comparator.comparing(Transition::from).thenComparing(Transition::to))
            .toList();
    return new Emotions(
        byName(states),
        mostCommon(states, WindowMoments.State::firstN),
        mostCommon(states, WindowMoments.State::lastN),
        transitions,
        entropy(transitions),
        Share.of(moments.statesTold(), 2 * moments.sessions(Status.COMPLETED)),
        states.size(),
        stability(states.size()),
        transitions.isEmpty() ? Lack.ofCases(1) : null);
  }

  private static Map<String, State> byName(List<WindowMoments.State> states) {
    var all =
        states.stream().map(WindowMoments.State::seconds).reduce(BigDecimal.ZERO, BigDecimal::add);
    var byName = new TreeMap<String, State>();
    for (var state : states) {
      byName.put(
          state.state(),
          new State(
              state.seconds().doubleValue(),
              all.signum() == 0
                  ? null
                  : state
                      .seconds()
                      .movePointRight(2)
                      .divide(all, MathContext.DECIMAL128)
                      .doubleValue()));
    }
    return byName;
  }

  private static @Nullable String mostCommon(
      List<WindowMoments.State> states, ToLongFunction<WindowMoments.State> count) {
    return states.stream()
        .filter(state -> count.applyAsLong(state) > 0)
        .min(Comparator.comparingLong(count).reversed().thenComparing(WindowMoments.State::state))
        .map(WindowMoments.State::state)
        .orElse(null);
  }

  private static @Nullable Double entropy(List<Transition> transitions) {
    if (transitions.isEmpty()) {
      return null;
    }
    var all = transitions.stream().mapToLong(Transition::n).sum();
    return transitions.stream()
        .mapToDouble(t -> (double) t.n() / all)
        .map(p -> p * Math.log(1 / p) / Math.log(2))
        .sum();
  }

  private static @Nullable Stability stability(int states) {
    if (states == 0) {
      return null;
    }
    if (states <= STATES_OF_HIGH_STABILITY) {
      return Stability.HIGH;
    }
    return states <= STATES_OF_MODERATE_STABILITY ? Stability.MODERATE : Stability.LOW;
  }
}
