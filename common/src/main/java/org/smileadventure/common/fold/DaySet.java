package org.smileadventure.common.fold;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of days, as the bits of months: a month takes one number, however many of its days are in
 * it. Immutable.
 */
public final class DaySet {
  static final DaySet NONE = new DaySet(new long[0]);

  private static final int MONTHS_A_YEAR = 12;
  private static final int BITS = 32;

  /** Each the number of a month (year × 12 + month − 1) above the bits of its days; ascending. */
  private final long[] months;

  private DaySet(long... months) {
    this.months = months;
  }

  static DaySet of(LocalDate day) {
    return new DaySet(number(day) << BITS | bit(day));
  }

  private static long number(LocalDate day) {
    return (long) day.getYear() * MONTHS_A_YEAR + day.getMonthValue() - 1;
  }

  private static long bit(LocalDate day) {
    return 1L << (day.getDayOfMonth() - 1);
  }

  DaySet with(LocalDate day) {
    var last = months.length - 1;
    if (last >= 0 && months[last] >> BITS == number(day)) {
      var more = months[last] | bit(day);
      if (more == months[last]) {
        return this;
      }
      var copy = months.clone();
      copy[last] = more;
      return new DaySet(copy);
    }
    return plus(of(day));
  }

  DaySet plus(DaySet other) {
    if (months.length == 0) {
      return other;
    }
    if (other.months.length == 0) {
      return this;
    }
    var merged = new long[months.length + other.months.length];
    var size = 0;
    for (int i = 0, j = 0; i < months.length || j < other.months.length; ) {
      var next =
          j == other.months.length || (i < months.length && months[i] <= other.months[j])
              ? months[i++]
              : other.months[j++];
      if (size > 0 && merged[size - 1] >> BITS == next >> BITS) {
        merged[size - 1] |= next;
      } else {
        merged[size++] = next;
      }
    }
    return new DaySet(Arrays.copyOf(merged, size));
  }

  public boolean contains(LocalDate day) {
    var number = number(day);
    for (var month : months) {
      if (month >> BITS == number) {
        return (month & bit(day)) != 0;
      }
    }
    return false;
  }

  public int size() {
    return Arrays.stream(months).mapToInt(month -> Integer.bitCount((int) month)).sum();
  }

  /** Null: there is none. */
  public @Nullable LocalDate first() {
    return months.length == 0
        ? null
        : day(months[0], Integer.numberOfTrailingZeros((int) months[0]));
  }

  /** Null: there is none. */
  public @Nullable LocalDate last() {
    return months.length == 0
        ? null
        : day(
            months[months.length - 1],
            BITS - 1 - Integer.numberOfLeadingZeros((int) months[months.length - 1]));
  }

  private static LocalDate day(long month, int bit) {
    var number = month >> BITS;
    return LocalDate.of(
        Math.toIntExact(Math.floorDiv(number, MONTHS_A_YEAR)),
        Math.floorMod(number, MONTHS_A_YEAR) + 1,
        bit + 1);
  }

  /**
   * Days in a row.
   *
   * @param longest the most of them
   * @param last those that end on the last day of all
   */
  public record Streak(int longest, int last) {}

  /** Of an empty set 0 and 0. */
  public Streak streak() {
    var longest = 0;
    var current = 0;
    var before = Long.MIN_VALUE;
    for (var month : months) {
      for (var bits = (int) month; bits != 0; bits &= bits - 1) {
        var day = day(month, Integer.numberOfTrailingZeros(bits)).toEpochDay();
        current = day == before + 1 ? current + 1 : 1;
        longest = Math.max(longest, current);
        before = day;
      }
    }
    return new Streak(longest, current);
  }

  /** Collects days, fastest in their order. */
  static final class Fold {
    private DaySet before = NONE;

    /** The month of the last day, from its first day to the first one of the next. */
    private long number;

    private long from;
    private long to;
    private long bits;

    void add(long epochDay) {
      if (epochDay < from || epochDay >= to) {
        before = days();
        var first = LocalDate.ofEpochDay(epochDay).withDayOfMonth(1);
        number = number(first);
        from = first.toEpochDay();
        to = from + first.lengthOfMonth();
        bits = 0;
      }
      bits |= 1L << (epochDay - from);
    }

    DaySet days() {
      return bits == 0 ? before : before.plus(new DaySet(number << BITS | bits));
    }
  }

  /** How many months; of each its number and its bits. */
  void write(ByteWriter out) {
    out.number(months.length);
    for (var month : months) {
      out.number(month >> BITS);
      out.number(month & 0xffffffffL);
    }
  }

  static DaySet read(ByteReader in) {
    var months = new long[in.count()];
    for (int i = 0; i < months.length; i++) {
      months[i] = in.number() << BITS | in.number();
    }
    return new DaySet(months);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DaySet set && Arrays.equals(months, set.months);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(months);
  }
}
