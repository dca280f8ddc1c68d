package org.smileadventure.common.store;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Days of a child, both ends in it.
 *
 * @param first null: from the first day on
 */
public record DayRange(ChildId child, @Nullable LocalDate first, LocalDate last) {

  /** As many days before these; null: these are all. */
  public @Nullable DayRange before() {
    return first == null
        ? null
        : new DayRange(
            child, first.minusDays(ChronoUnit.DAYS.between(first, last) + 1), first.minusDays(1));
  }

  /** Gives a statement these ranges as {@code :children}, {@code :firsts} and {@code :lasts}. */
  static StatementSpec bind(StatementSpec statement, Collection<DayRange> ranges) {
    return statement
        .param("children", ranges.stream().mapToLong(range -> range.child().value()).toArray())
        .param("firsts", ranges.stream().map(DayRange::firstText).toArray(String[]::new))
        .param("lasts", ranges.stream().map(r -> r.last().toString()).toArray(String[]::new));
  }

  private String firstText() {
    return first == null ? "-infinity" : first.toString();
  }
}
