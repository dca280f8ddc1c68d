package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the days of a window add up to: the document that the function {@code window_moments} of the
 * schema returns. What a window has nothing of is null or empty.
 *
 * @param firstDay the first day with a session or an activity
 * @param firstDayBefore the first day with a session of the window of the same length before
 * @param sessionsBefore of that window; null: there is none before all days
 * @param lastPlay the last day with a session up to the window's end, be it before the window
 * @param nextDay the first day with a session or an activity after the window's end: of a device
 *     whose clock is ahead
 */
public record WindowMoments(
    Total total,
    Map<String, Series> series,
    @Nullable Streak streak,
    List<TypeCounts> types,
    List<Attempts> scenarios,
    List<State> states,
    List<Transition> transitions,
    List<Trigger> triggers,
    List<Strategy> strategies,
    List<Cell> hours,
    List<Cell> weekdays,
    List<Activity> activities,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate firstDayBefore,
    @Nullable Long sessionsBefore,
    @Nullable LocalDate lastPlay,
    @Nullable LocalDate nextDay) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  public WindowMoments {
    total = Objects.requireNonNullElse(total, Total.NONE);
    series = Objects.requireNonNullElse(series, Map.of());
    types = Objects.requireNonNullElse(types, List.of());
    scenarios = Objects.requireNonNullElse(scenarios, List.of());
    states = Objects.requireNonNullElse(states, List.of());
    transitions = Objects.requireNonNullElse(transitions, List.of());
    triggers = Objects.requireNonNullElse(triggers, List.of());
    strategies = Objects.requireNonNullElse(strategies, List.of());
    hours = Objects.requireNonNullElse(hours, List.of());
    weekdays = Objects.requireNonNullElse(weekdays, List.of());
    activities = Objects.requireNonNullElse(activities, List.of());
  }

  /** The document as the database returns it. */
  public static WindowMoments parse(String json) {
    return JSON.readValue(json, WindowMoments.class);
  }

  /** How many of the days with play were taken from the summary. */
  public long summaryDays() {
    return total.summaryDays();
  }

  /** How many of the days with play were computed from the sessions, as they were dirty. */
  public long liveDays() {
    return total.liveDays();
  }

  Series of(String metric) {
    return series.getOrDefault(metric, Series.NONE);
  }

  /** Counts of sessions and sums over the completed ones; of all statuses are the first six. */
  record Total(
      long sessions,
      long completed,
      long abandoned,
      long interrupted,
      long inProgress,
      long overwhelmedExits,
      long durationSeconds,
      long activeSeconds,
      long interactions,
      long levels,
      long achievements,
      long attentionHigh,
      long attentionModerate,
      long statesTold,
      long observations,
      long intoDistress,
      long unaidedRecoveryN,
      BigDecimal unaidedRecoverySum,
      long summaryDays,
      long liveDays,
      Moments supportedEngagement,
      Moments supportedSuccess,
      @Nullable LocalDate firstCompleted,
      @Nullable LocalDate lastCompleted) {
    static final Total NONE =
        new Total(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            BigDecimal.ZERO,
            0,
            0,
            Moments.NONE,
            Moments.NONE,
            null,
            null);

    long ended() {
      return completed + abandoned + interrupted;
    }
  }

  /** Days in a row: the most, and those that end on the last day with a completed session. */
  record Streak(long longest, long last, LocalDate lastDay) {}

  record TypeCounts(
      String sessionType,
      long sessions,
      long completed,
      long abandoned,
      long interrupted,
      long inProgress) {}

  record Attempts(String scenario, List<BigDecimal> successRates) {}

  record State(String state, BigDecimal seconds, long firstN, long lastN) {}

  record Transition(String stateBefore, String state, long n) {}

  record Trigger(String trigger, long observations, long intoDistress) {}

  record Strategy(
      String strategy,
      long uses,
      long effectivenessSum,
      long childInitiated,
      long recoveryN,
      BigDecimal recoverySum) {}

  /** The engagement of sessions that began in an hour, or on a day of the week. */
  record Cell(int cell, long n, BigDecimal sum) {}

  record Activity(
      String activityType,
      long activities,
      long points,
      long verified,
      long emotionalN,
      long improvements,
      long deteriorations,
      long anxietyN,
      long anxietyChange) {}
}
