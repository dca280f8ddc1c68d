package org.smileadventure.common.store;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import org.smileadventure.common.event.ChildId;

/** A month of a child, by the child's own days. */
public record ChildMonth(ChildId child, YearMonth month) implements Comparable<ChildMonth> {
  private static final Comparator<ChildMonth> ORDER =
      Comparator.comparing(ChildMonth::child).thenComparing(ChildMonth::month);

  public static ChildMonth of(ChildId child, LocalDate day) {
    return new ChildMonth(child, YearMonth.from(day));
  }

  public DayRange days() {
    return new DayRange(child, month.atDay(1), month.atEndOfMonth());
  }

  @Override
  public int compareTo(ChildMonth other) {
    return ORDER.compare(this, other);
  }
}
