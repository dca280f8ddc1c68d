package org.smileadventure.common.population;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Children of some age bands and support levels. An empty set is no condition.
 *
 * @param name what whoever asks calls it
 */
public record Cohort(String name, Set<AgeBand> ages, Set<SupportLevel> levels) {
  public Cohort {
    ages = Set.copyOf(ages);
    levels = Set.copyOf(levels);
  }

  /** Its children who play. */
  Set<Leaf> playing() {
    return leaves(true);
  }

  Set<Leaf> quiet() {
    return leaves(false);
  }

  private Set<Leaf> leaves(boolean playing) {
    return Leaf.all().stream()
        .filter(leaf -> leaf.playing() == playing)
        .filter(leaf -> ages.isEmpty() || ages.contains(leaf.age()))
        .filter(leaf -> levels.isEmpty() || levels.contains(leaf.level()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
