package org.smileadventure.common.metric;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Days on which a child did not play.
 *
 * @param days how many
 * @param of how many days there were
 * @param stretches of so many days in a row that they can be seen, in their order
 */
public record DaysWithoutPlay(long days, long of, List<Stretch> stretches) {
  /** No day is looked at. */
  public static final DaysWithoutPlay NONE = new DaysWithoutPlay(0, 0, List.of());

  /** A picture has room for no more. */
  private static final int MOST_STRETCHES = 120;

  private static final int DAYS_ONE_BY_ONE = 92;
  private static final int A_WEEK = 7;

  /** Of days in a row, both ends in it. */
  public record Stretch(LocalDate from, LocalDate to) {
    public long days() {
      return ChronoUnit.DAYS.between(from, to) + 1;
    }
  }

  /**
   * Of these days, both ends in it, up to today: each stretch of up to 92 days, and those of a week
   * at least of more days; the last 120 of them. Today counts if there was play, as it is not over.
   */
  public static DaysWithoutPlay of(
      LocalDate first, LocalDate last, LocalDate today, Predicate<LocalDate> wasPlayed) {
    var end = last.isBefore(today) ? last : wasPlayed.test(today) ? today : today.minusDays(1);
    if (end.isBefore(first)) {
      return NONE;
    }
    var length = ChronoUnit.DAYS.between(first, end) + 1;
    var least = length <= DAYS_ONE_BY_ONE ? 1 : A_WEEK;
    var stretches = new ArrayList<Stretch>();
    var without = 0L;
    var begun = first;
    for (var day = first; !day.isAfter(end); day = day.plusDays(1)) {
      if (wasPlayed.test(day)) {
        add(stretches, begun, day.minusDays(1), least);
        begun = day.plusDays(1);
      } else {
        without++;
      }
    }
    add(stretches, begun, end, least);
    return new DaysWithoutPlay(
        without,
        length,
        List.copyOf(
            stretches.subList(Math.max(0, stretches.size() - MOST_STRETCHES), stretches.size())));
  }

  private static void add(List<Stretch> stretches, LocalDate begun, LocalDate last, int least) {
    var stretch = new Stretch(begun, last);
    if (stretch.days() >= least) {
      stretches.add(stretch);
    }
  }

  /** The longest of the stretches, the first among equals; null: there is none. */
  public @Nullable Stretch longest() {
    Stretch longest = null;
    for (var stretch : stretches) {
      longest = longest == null || stretch.days() > longest.days() ? stretch : longest;
    }
    return longest;
  }
}
