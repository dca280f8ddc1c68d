package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The mean of n values.
 *
 * @param mean null, with the lack, if there are fewer than it takes
 */
public record Mean(long n, @Nullable Double mean, @JsonUnwrapped @Nullable Lack lack) {

  static Mean of(long n, BigDecimal sum, int nNeeded) {
    return n < nNeeded
        ? new Mean(n, null, Lack.ofCases(nNeeded))
        : new Mean(n, Sample.quotient(sum, n), null);
  }
}
