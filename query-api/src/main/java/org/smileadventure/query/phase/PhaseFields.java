package org.smileadventure.query.phase;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.text.Canonical;
import org.smileadventure.common.text.TypedText;

/**
 * What is said of a phase.
 *
 * @param until the last day, itself in it; null: it goes on
 */
record PhaseFields(
    @NotNull LocalDate day,
    @Nullable LocalDate until,
    @NotNull @Pattern(regexp = "baseline|therapy|medication|scenario|holiday|other") String kind,
    @NotNull @TypedText(max = 100) String label) {
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final int MOST_DAYS_AHEAD = 366;

  @SuppressWarnings("NullAway") // what is missing is told by the constraints
  PhaseFields {
    label = Canonical.text(label);
  }

  static PhaseFields of(Phase phase) {
    return new PhaseFields(phase.day(), phase.until(), phase.kind(), phase.label());
  }

  /**
   * Lets only days go on that a phase can have.
   *
   * @throws BadParameterException that names the other one
   */
  void requireDays(LocalDate today) {
    var latest = today.plusDays(MOST_DAYS_AHEAD);
    require("day", day, EARLIEST, latest);
    if (until != null) {
      require("until", until, day, latest);
    }
  }

  private static void require(String field, LocalDate said, LocalDate first, LocalDate last) {
    if (said.isBefore(first) || said.isAfter(last)) {
      throw new BadParameterException(
          field, "a day from %s to %s".formatted(first, last), said.toString());
    }
  }
}
