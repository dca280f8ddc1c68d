package org.smileadventure.common.population;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.CohortAnswer.Suppressed;
import org.smileadventure.common.population.CohortAnswer.Told;
import org.smileadventure.common.population.Leaf.Kind;
import org.smileadventure.common.population.PopulationCell.PlayCounts;

/** Answers questions about cohorts from published cells, and from nothing else. */
public final class Cohorts {
  public static final int FEWEST = 2;
  public static final int MOST = 5;

  private final List<PopulationCell> cells;
  private final List<ActivityCell> activityCells;

  /**
   * @param cells all that are published
   * @param activityCells likewise
   */
  public Cohorts(List<PopulationCell> cells, List<ActivityCell> activityCells) {
    this.cells = List.copyOf(cells);
    this.activityCells = List.copyOf(activityCells);
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
    var playing = wholeCells(cells, cohort.leaves(Kind.PLAYING));
    if (playing == null) {
      return new Suppressed(cohort);
    }
    var measures =
        playing.stream()
            .map(cell -> Objects.requireNonNull(cell.measures(), "measures of " + cell))
            .reduce(PopulationCell.Measures::plus)
            .orElseThrow();
    var all = new ArrayList<Published>(playing);
    var quiet = wholeCells(cells, cohort.leaves(Kind.QUIET));
    if (quiet != null) {
      all.addAll(quiet);
    }
    var recording = wholeCells(activityCells, cohort.leaves(Kind.RECORDING));
    if (recording != null) {
      all.addAll(recording);
    }
    return new Told(
        cohort,
        counts(playing),
        measures,
        quiet == null ? null : counts(quiet).children(),
        recording == null
            ? null
            : recording.stream()
                .map(ActivityCell::counts)
                .reduce(ActivityCell.Counts::plus)
                .orElseThrow(),
        all.stream().map(Published::publishedAt).min(Instant::compareTo).orElseThrow());
  }

  private static PlayCounts counts(List<PopulationCell> cells) {
    return cells.stream().map(PopulationCell::counts).reduce(PlayCounts.NONE, PlayCounts::plus);
  }

  /**
   * The cells that are together these leaves; null if there are none such. A leaf of no cell is
   * empty, or it would be among those that are merged.
   */
  private static <C extends Published> @Nullable List<C> wholeCells(
      List<C> cells, Set<Leaf> leaves) {
    var touched =
        cells.stream().filter(cell -> cell.leaves().stream().anyMatch(leaves::contains)).toList();
    boolean whole = touched.stream().allMatch(cell -> leaves.containsAll(cell.leaves()));
    return whole && !touched.isEmpty() ? touched : null;
  }
}
