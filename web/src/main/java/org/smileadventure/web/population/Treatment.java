package org.smileadventure.web.population;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the score of children with a therapy: baseline-corrected Tau, from −1 to 1.
 *
 * @param therapyType null: several, that are told together only
 * @param effectLow of the mean's 95 % interval, as effectHigh
 * @param newChildLow of the interval in which the effect of one more child is, as newChildHigh
 * @param improvedShare from 0 to 1; null where it would tell of few
 */
public record Treatment(
    @Nullable String therapyType,
    long children,
    @Nullable Double effectMean,
    @Nullable Double effectLow,
    @Nullable Double effectHigh,
    @Nullable Double newChildLow,
    @Nullable Double newChildHigh,
    @Nullable Double improvedShare,
    Instant publishedAt) {

  /** {@code better}, {@code worse} or, if it may be either, {@code unclear}. */
  public String mean() {
    return side(effectLow, effectHigh);
  }

  /** The same of one more child. */
  public String newChild() {
    return side(newChildLow, newChildHigh);
  }

  private static String side(@Nullable Double low, @Nullable Double high) {
    if (low != null && low > 0) {
      return "better";
    }
    return high != null && high < 0 ? "worse" : "unclear";
  }
}
