package org.smileadventure.common.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The smallest set of children of which anything could be said: written {@code 7-12/2/playing}. */
public record Leaf(AgeBand age, SupportLevel level, Kind kind) {
  /** What its children did in the window. */
  public enum Kind {
    /** Each of them has a mean score, engagement and success. */
    PLAYING,
    /** Not playing. */
    QUIET,
    /** Activities of daily life were recorded, whether they play or not. */
    RECORDING;

    private final String written = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
      return written;
    }
  }

  /**
   * The leaf that is written so.
   *
   * @throws IllegalArgumentException if none is
   */
  public static Leaf parse(String written) {
    var parts = written.split("/", -1);
    return Arrays.stream(Kind.values())
        .filter(kind -> parts.length == 3 && kind.toString().equals(parts[2]))
        .findFirst()
        .map(kind -> new Leaf(AgeBand.ofLabel(parts[0]), SupportLevel.ofLabel(parts[1]), kind))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a leaf as 7-12/2/playing, but it is '" + written + "'"));
  }

  /** Of every age band and support level. */
  public static List<Leaf> all(Kind kind) {
    var all = new ArrayList<Leaf>();
    for (var age : AgeBand.values()) {
      for (var level : SupportLevel.values()) {
        all.add(new Leaf(age, level, kind));
      }
    }
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return age.label() + "/" + level.label() + "/" + kind;
  }
}
