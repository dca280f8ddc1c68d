package org.smileadventure.common.population;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.PopulationCell.Measures;
import org.smileadventure.common.population.PopulationCell.PlayCounts;

/** What is said of a cohort. */
public sealed interface CohortAnswer {
  Cohort cohort();

  /**
   * A sum of published cells.
   *
   * @param playing the cohort's children who play, and their sessions
   * @param quietChildren the others; null if their number is not published by itself
   * @param activities of the cohort's children, playing or not; null if they are not published by
   *     themselves, or there are none
   * @param oldestPublishedAt of the cells: a cell stays as it is until enough of it has changed
   */
  record Told(
      Cohort cohort,
      PlayCounts playing,
      Measures measures,
      @Nullable Long quietChildren,
      ActivityCell.@Nullable Counts activities,
      Instant oldestPublishedAt)
      implements CohortAnswer {}

  /**
   * The cohort is no sum of published cells, and to tell of it would be to tell of a part of one.
   */
  record Suppressed(Cohort cohort) implements CohortAnswer {
    public String reason() {
      return "suppressed";
    }
  }
}
