package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How sure it is that something has become other, or makes a difference. */
public enum Certainty {
  /**
   * The 95 % interval leaves out that there is no difference, and the difference matters. Where
   * several are looked at together: of what is called clear, 5 % are expected to be chance.
   */
  CLEAR,
  /** So does the one at 80 %, and the one at 95 % does not; 20 % are expected to be chance. */
  LIKELY,
  /** There is enough to tell from, and no difference that can be told. */
  UNCLEAR,
  TOO_EARLY;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a difference may be told. */
  public boolean tells() {
    return this == CLEAR || this == LIKELY;
  }

  /**
   * Of a difference.
   *
   * @param interval of it at 95 %
   * @param likely of it at 80 %
   * @param matters whether it is greater than the least that does
   */
  static Certainty of(Interval interval, Interval likely, boolean matters) {
    if (matters && interval.leavesOut(0)) {
      return CLEAR;
    }
    return matters && likely.leavesOut(0) ? LIKELY : UNCLEAR;
  }

  /**
   * Of a test.
   *
   * @param adjustedP of all that was looked at together; null: nothing else could have been seen
   * @param matters whether what it shows is at least the least that does
   */
  static Certainty of(@Nullable Double adjustedP, boolean matters) {
    if (adjustedP == null || !matters || adjustedP > 0.2) {
      return UNCLEAR;
    }
    return adjustedP <= 0.05 ? CLEAR : LIKELY;
  }
}
