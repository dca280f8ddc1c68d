package org.smileadventure.common.population;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code v_population_cell}: what is published of its leaves' children, all together.
 *
 * @param measures null where not all of them play
 */
public record PopulationCell(
    Set<Leaf> leaves, Instant publishedAt, PlayCounts counts, @Nullable Measures measures)
    implements Published {

  /** Children, and their sessions of any status. */
  public record PlayCounts(
      long children, long sessions, long completed, long abandoned, long interrupted) {
    static final PlayCounts NONE = new PlayCounts(0, 0, 0, 0, 0);

    PlayCounts plus(PlayCounts other) {
      return new PlayCounts(
          children + other.children,
          sessions + other.sessions,
          completed + other.completed,
          abandoned + other.abandoned,
          interrupted + other.interrupted);
    }
  }

  /** Of the children's means in the window. */
  public record Measures(Moments score, Moments engagement, Moments success) {

    Measures plus(Measures other) {
      return new Measures(
          score.plus(other.score), engagement.plus(other.engagement), success.plus(other.success));
    }
  }
}
