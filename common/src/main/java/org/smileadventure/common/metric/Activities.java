package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;

/**
 * Tasks of daily life.
 *
 * @param verified by a parent or a professional
 * @param anxietyChange after − before; below 0 it went down
 */
public record Activities(
    long count,
    long points,
    Map<String, Long> byType,
    Share verified,
    Emotional emotional,
    Mean anxietyChange) {

  /**
   * Of the activities with a state before and after.
   *
   * @param improvementRate percentage; null without one
   */
  public record Emotional(
      long n,
      long improvements,
      long deteriorations,
      long unchanged,
      @Nullable Double improvementRate,
      @JsonUnwrapped @Nullable Lack lack) {}

  static Activities of(WindowMoments moments) {
    var byType = new TreeMap<String, Long>();
    for (var activity : moments.activities()) {
      byType.put(activity.activityType(), activity.activities());
    }
    var count = sum(moments, WindowMoments.Activity::activities);
    var emotional = sum(moments, WindowMoments.Activity::emotionalN);
    var improvements = sum(moments, WindowMoments.Activity::improvements);
    var deteriorations = sum(moments, WindowMoments.Activity::deteriorations);
    var anxiety = sum(moments, WindowMoments.Activity::anxietyN);
    return new Activities(
        count,
        sum(moments, WindowMoments.Activity::points),
        byType,
        Share.of(sum(moments, WindowMoments.Activity::verified), count),
        new Emotional(
            emotional,
            improvements,
            deteriorations,
            emotional - improvements - deteriorations,
            Share.percentageOrNull(improvements, emotional),
            emotional == 0 ? Lack.ofCases(1) : null),
        Mean.of(
            anxiety, BigDecimal.valueOf(sum(moments, WindowMoments.Activity::anxietyChange)), 1));
  }

  private static long sum(WindowMoments moments, ToLongFunction<WindowMoments.Activity> of) {
    return moments.activities().stream().mapToLong(of).sum();
  }
}
