package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How regularly the child plays, by completed sessions.
 *
 * @param sessionsPerWeek null if the window has no first day and there is no session
 * @param scoreVariation sd ÷ mean of the score; null below 2 scores or if the mean is 0
 * @param longestStreak days in a row
 * @param currentStreak days in a row up to the window's last day, or the one before it
 */
public record Consistency(
    @Nullable Double sessionsPerWeek,
    @Nullable Double scoreVariation,
    long longestStreak,
    long currentStreak,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_SCORES = 2;

  static Consistency of(
      WindowMoments moments, Measure score, @Nullable LocalDate first, LocalDate last) {
    var streak = moments.streak();
    return new Consistency(
        sessionsPerWeek(moments.total(), first, last),
        score.sd() == null || score.mean() == null || score.mean() == 0
            ? null
            : score.sd() / score.mean(),
        streak == null ? 0 : streak.longest(),
        streak == null || streak.lastDay().isBefore(last.minusDays(1)) ? 0 : streak.last(),
        score.n() < LEAST_SCORES ? Lack.ofCases(LEAST_SCORES) : null);
  }

  private static @Nullable Double sessionsPerWeek(
      WindowMoments.Total total, @Nullable LocalDate first, LocalDate last) {
    if (first != null) {
      return total.completed() * 7.0 / days(first, last);
    }
    return total.firstCompleted() == null || total.lastCompleted() == null
        ? null
        : total.completed() * 7.0 / days(total.firstCompleted(), total.lastCompleted());
  }

  private static long days(LocalDate first, LocalDate last) {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }
}
