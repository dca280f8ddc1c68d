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

  Set<Leaf> leaves(Leaf.Kind kind) {
    return Leaf.all(kind).stream()
        .filter(leaf -> ages.isEmpty() || ages.contains(leaf.age()))
        .filter(leaf -> levels.isEmpty() || levels.contains(leaf.level()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
