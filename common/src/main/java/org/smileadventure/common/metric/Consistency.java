package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.DaySet;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

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
    var days = moments.completedDays();
    var streak = days.streak();
    return new Consistency(
        sessionsPerWeek(moments, days, first, last),
        score.sd() == null || score.mean() == null || score.mean() == 0
            ? null
            : score.sd() / score.mean(),
        streak.longest(),
        days.last() == null || days.last().isBefore(last.minusDays(1)) ? 0 : streak.last(),
        score.n() < LEAST_SCORES ? Lack.ofCases(LEAST_SCORES) : null);
  }

  private static @Nullable Double sessionsPerWeek(
      WindowMoments moments, DaySet days, @Nullable LocalDate first, LocalDate last) {
    var from = first == null ? days.first() : first;
    var to = first == null ? days.last() : last;
    return from == null || to == null
        ? null
        : moments.sessions(Status.COMPLETED) * 7.0 / days(from, to);
  }

  private static long days(LocalDate first, LocalDate last) {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }
}
