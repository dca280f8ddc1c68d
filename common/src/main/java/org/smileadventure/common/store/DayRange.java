package org.smileadventure.common.store;

import java.time.LocalDate;
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
