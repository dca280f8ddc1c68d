package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A percentage of n cases.
 *
 * @param value from 0 to 100; null, with the lack, without a case
 */
public record Share(@Nullable Double value, long n, @JsonUnwrapped @Nullable Lack lack) {

  static Share of(long part, long n) {
    return n == 0 ? new Share(null, 0, Lack.ofCases(1)) : new Share(percentage(part, n), n, null);
  }

  static double percentage(long part, long n) {
    return 100.0 * part / n;
  }

  static @Nullable Double percentageOrNull(long part, long n) {
    return n == 0 ? null : percentage(part, n);
  }
}
