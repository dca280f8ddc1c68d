package org.smileadventure.query.phase;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when until when the phases of a child last: one without a last day until the day before the
 * next one begins.
 *
 * @param phases in the order of their days
 */
public record PhaseDays(List<Phase> phases) {

  /** The last day; null: it goes on. */
  public @Nullable LocalDate last(Phase phase) {
    return phase.until() != null
        ? phase.until()
        : next(phase).map(next -> next.day().minusDays(1)).orElse(null);
  }

  /** The one that begins next. */
  public Optional<Phase> next(Phase phase) {
    return phases.stream().filter(other -> other.day().isAfter(phase.day())).findFirst();
  }

  /** When the one before began; null: none did. */
  public @Nullable LocalDate dayBefore(Phase phase) {
    return phases.stream()
        .map(Phase::day)
        .filter(day -> day.isBefore(phase.day()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Those that have days in common with it. */
  public List<Phase> overlaps(Phase phase) {
    return phases.stream()
        .filter(other -> !other.id().equals(phase.id()))
        .filter(other -> isUpTo(phase.day(), last(other)) && isUpTo(other.day(), last(phase)))
        .toList();
  }

  /** Others that begin or end in these days. */
  public List<Phase> others(Phase phase, LocalDate first, LocalDate last) {
    return phases.stream()
        .filter(other -> !other.id().equals(phase.id()))
        .filter(other -> other.beginsOrEndsIn(first, last))
        .toList();
  }

  private static boolean isUpTo(LocalDate day, @Nullable LocalDate last) {
    return last == null || !day.isAfter(last);
  }
}
