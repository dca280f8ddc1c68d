package org.smileadventure.common.fold;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States from the worst to the best, as the game's first version ranked those of activities. */
final class EmotionScale {
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          entry("overwhelmed", 1),
          entry("frustrated", 2),
          entry("anxious", 3),
          entry("tired", 4),
          entry("calm", 5),
          entry("confused", 5),
          entry("confident", 5),
          entry("focused", 6),
          entry("happy", 7),
          entry("excited", 8));

  private EmotionScale() {}

  /** Above 0: it got better. Null: one of them is not told. */
  static @Nullable Integer change(@Nullable String before, @Nullable String after) {
    return before == null || after == null ? null : rank(after) - rank(before);
  }

  private static int rank(String state) {
    var rank = RANKS.get(state);
    if (rank == null) {
      throw new IllegalArgumentException("there is no state " + state);
    }
    return rank;
  }
}
