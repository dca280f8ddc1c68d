package org.smileadventure.common.population;

import java.time.Instant;
import java.util.Set;

/**
 * A row of {@code v_population_activity}: the activities of daily life that were recorded of its
 * leaves' children, all together.
 */
public record ActivityCell(Set<Leaf> leaves, Instant publishedAt, Counts counts)
    implements Published {

  /**
   * Children of whom activities were recorded, and these.
   *
   * @param verified by a parent or a professional
   * @param emotional with an emotional state before and after
   */
  public record Counts(
      long children,
      long activities,
      long verified,
      long emotional,
      long improvements,
      long deteriorations) {

    Counts plus(Counts other) {
      return new Counts(
          children + other.children,
          activities + other.activities,
          verified + other.verified,
          emotional + other.emotional,
          improvements + other.improvements,
          deteriorations + other.deteriorations);
    }
  }
}
