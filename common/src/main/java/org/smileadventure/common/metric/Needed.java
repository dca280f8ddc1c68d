package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;

/**
 * What is missing for a trend.
 *
 * @param n how many more values
 * @param days on how many more days; 0: on whatever days
 * @param by the day by which the child will have them if it goes on as in the last 28 days; null:
 *     it does not play, or not often enough for the window
 */
public record Needed(long n, long days, @Nullable LocalDate by) {
  private static final long LEAST_DAYS_OF_A_PACE = 7;

  /** How many days the pace of a child is taken from. */
  public static final int PACE_DAYS = 28;

  /**
   * Empty if nothing is missing.
   *
   * @param lately of the last 28 days; null: nothing will be added to the window
   * @param length of the window in days; null: it has all
   */
  public static Optional<Needed> of(
      Figure figure,
      WindowMoments moments,
      @Nullable WindowMoments lately,
      LocalDate today,
      @Nullable Integer length) {
    var values = moments.values(figure.metric());
    var missing = Math.max(0, Trend.LEAST_N - values.n());
    var missingDays = Math.max(0, Trend.LEAST_DAYS - values.days().size());
    if (missing == 0 && missingDays == 0) {
      return Optional.empty();
    }
    // Each new day brings a value at least.
    return Optional.of(
        new Needed(
            Math.max(missing, missingDays),
            missingDays,
            lately == null
                ? null
                : by(lately.values(figure.metric()), missing, missingDays, today, length)));
  }

  private static @Nullable LocalDate by(
      Values lately, long missing, long missingDays, LocalDate today, @Nullable Integer length) {
    var first = lately.days().first();
    if (first == null) {
      return null;
    }
    // A child that has just begun has not been idle before.
    var over = (double) Math.max(LEAST_DAYS_OF_A_PACE, ChronoUnit.DAYS.between(first, today) + 1);
    var perDay = lately.n() / over;
    var daysPerDay = Math.min(1, lately.days().size() / over);
    if (length != null
        && (perDay * length < Trend.LEAST_N || daysPerDay * length < Trend.LEAST_DAYS)) {
      return null;
    }
    return today.plusDays((long) Math.ceil(Math.max(missing / perDay, missingDays / daysPerDay)));
  }
}
