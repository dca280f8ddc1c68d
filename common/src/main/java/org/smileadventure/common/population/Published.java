package org.smileadventure.common.population;

import java.time.Instant;
import java.util.Set;

/** A cell that is on display. */
sealed interface Published permits ActivityCell, PopulationCell {
  Set<Leaf> leaves();

  Instant publishedAt();
}
