package org.smileadventure.benchmarks;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of a value: how many sessions have it, sum, sum of squares, least, greatest; exact. */
final class Moments {
  private long n;
  private BigDecimal sum = BigDecimal.ZERO;
  private BigDecimal sumSq = BigDecimal.ZERO;
  private @Nullable BigDecimal min;
  private @Nullable BigDecimal max;

  void add(@Nullable BigDecimal value) {
    if (value == null) {
      return;
    }
    n++;
    sum = sum.add(value);
    sumSq = sumSq.add(value.multiply(value));
    min = min == null ? value : min.min(value);
    max = max == null ? value : max.max(value);
  }

  void putSum(String name, Map<String, @Nullable Object> row) {
    row.put(name + "_n", n);
    row.put(name + "_sum", sum);
  }

  void putSums(String name, Map<String, @Nullable Object> row) {
    putSum(name, row);
    row.put(name + "_sum_sq", sumSq);
  }

  void putAll(String name, Map<String, @Nullable Object> row) {
    putSums(name, row);
    row.put(name + "_min", min);
    row.put(name + "_max", max);
  }
}
