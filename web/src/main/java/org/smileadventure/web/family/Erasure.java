package org.smileadventure.web.family;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an erasure is.
 *
 * @param state one of {@link #STATES}
 * @param certificate null: not all is done yet
 */
public record Erasure(
    String id,
    String state,
    Instant askedAt,
    @Nullable Certificate certificate,
    @Nullable String signature) {

  /** In their order. After the last of them all is done. */
  public static final List<String> STATES =
      List.of("asked", "announced", "erased", "cleared", "swept");

  /**
   * What was erased.
   *
   * @param erased rows of each table
   */
  public record Certificate(Instant sweptAt, Map<String, Long> erased, List<Remainder> remains) {}

  /**
   * What is still somewhere.
   *
   * @param until null: {@code why} tells
   */
  public record Remainder(String place, String name, @Nullable Instant until, String why) {}

  public boolean isDone() {
    return state.equals(STATES.getLast());
  }

  /** done, now or later. */
  public String standing(String step) {
    var reached = STATES.indexOf(state);
    var asked = STATES.indexOf(step);
    if (asked <= reached) {
      return "done";
    }
    return asked == reached + 1 ? "now" : "later";
  }
}
