package org.smileadventure.common.population;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.CohortAnswer.Suppressed;
import org.smileadventure.common.population.CohortAnswer.Told;
import org.smileadventure.common.population.PopulationCell.PlayCounts;

/** Answers questions about cohorts from published cells, and from nothing else. */
public final class Cohorts {
  public static final int FEWEST = 2;
  public static final int MOST = 5;

  private final List<PopulationCell> cells;

  /**
   * @param cells all that are published
   */
  public Cohorts(List<PopulationCell> cells) {
    this.cells = List.copyOf(cells);
  }

  /**
   * One answer for each cohort, in their order.
   *
   * @throws IllegalArgumentException if there are fewer than 2 or more than 5
   */
  public List<CohortAnswer> compare(List<Cohort> cohorts) {
    if (cohorts.size() < FEWEST || cohorts.size() > MOST) {
      throw new IllegalArgumentException(
          "expected %d to %d cohorts to compare, but there are %d"
              .formatted(FEWEST, MOST, cohorts.size()));
    }
    return cohorts.stream().map(this::answer).toList();
  }

  public CohortAnswer answer(Cohort cohort) {
    var playing = wholeCells(cohort.playing());
    if (playing == null) {
      return new Suppressed(cohort);
    }
    var measures =
        playing.stream()
            .map(cell -> Objects.requireNonNull(cell.measures(), "measures of " + cell))
            .reduce(PopulationCell.Measures::plus)
            .orElseThrow();
    var quiet = wholeCells(cohort.quiet());
    var all = new ArrayList<>(playing);
    if (quiet != null) {
      all.addAll(quiet);
    }
    return new Told(
        cohort,
        counts(playing),
        measures,
        quiet == null ? null : counts(quiet).children(),
        all.stream().map(PopulationCell::publishedAt).min(Instant::compareTo).orElseThrow());
  }

  private static PlayCounts counts(List<PopulationCell> cells) {
    return cells.stream().map(PopulationCell::counts).reduce(PlayCounts.NONE, PlayCounts::plus);
  }

  /**
   * The cells that are together these leaves; null if there are none such. A leaf of no cell is
   * empty, or it would be among those that are merged.
   */
  private @Nullable List<PopulationCell> wholeCells(Set<Leaf> leaves) {
    var touched =
        cells.stream().filter(cell -> cell.leaves().stream().anyMatch(leaves::contains)).toList();
    boolean whole = touched.stream().allMatch(cell -> leaves.containsAll(cell.leaves()));
    return whole && !touched.isEmpty() ? touched : null;
  }
}
