package org.smileadventure.common.population;

import java.util.ArrayList;
import java.util.List;

/**
 * The smallest set of children of which anything could be said: written {@code 7-12/2/playing}.
 *
 * @param playing whether each of them has a mean score, engagement and success in the window; the
 *     others are quiet
 */
public record Leaf(AgeBand age, SupportLevel level, boolean playing) {
  private static final String PLAYING = "playing";
  private static final String QUIET = "quiet";

  /**
   * The leaf that is written so.
   *
   * @throws IllegalArgumentException if none is
   */
  public static Leaf parse(String written) {
    var parts = written.split("/", -1);
    if (parts.length != 3 || !(parts[2].equals(PLAYING) || parts[2].equals(QUIET))) {
      throw new IllegalArgumentException(
          "expected a leaf as 7-12/2/playing, but it is '" + written + "'");
    }
    return new Leaf(
        AgeBand.ofLabel(parts[0]), SupportLevel.ofLabel(parts[1]), parts[2].equals(PLAYING));
  }

  /** Of every age band and support level, playing and quiet. */
  public static List<Leaf> all() {
    var all = new ArrayList<Leaf>();
    for (var age : AgeBand.values()) {
      for (var level : SupportLevel.values()) {
        all.add(new Leaf(age, level, true));
        all.add(new Leaf(age, level, false));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return age.label() + "/" + level.label() + "/" + (playing ? PLAYING : QUIET);
  }
}
