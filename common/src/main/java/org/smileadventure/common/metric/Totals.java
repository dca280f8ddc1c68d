package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

/**
 * How much was played and done. Minutes, interactions, levels and achievements are those of
 * completed sessions.
 */
public record Totals(
    @JsonUnwrapped Sessions all,
    Map<String, Sessions> byType,
    double minutes,
    double activeMinutes,
    long interactions,
    long levels,
    long achievements,
    long activities,
    long points) {
  private static final double SECONDS_PER_MINUTE = 60;

  /** Sessions by status. */
  public record Sessions(
      long sessions, long completed, long abandoned, long interrupted, long inProgress) {
    private static Sessions of(long all, ToLongFunction<Status> byStatus) {
      return new Sessions(
          all,
          byStatus.applyAsLong(Status.COMPLETED),
          byStatus.applyAsLong(Status.ABANDONED),
          byStatus.applyAsLong(Status.INTERRUPTED),
          byStatus.applyAsLong(Status.IN_PROGRESS));
    }
  }

  static Totals of(WindowMoments moments) {
    var byType = new TreeMap<String, Sessions>();
    for (var type : moments.types()) {
      byType.put(type.sessionType(), Sessions.of(type.sessions(), type::sessions));
    }
    return new Totals(
        Sessions.of(moments.sessions(), moments::sessions),
        byType,
        moments.values(Metric.DURATION).sum() / SECONDS_PER_MINUTE,
        moments.values(Metric.ACTIVE).sum() / SECONDS_PER_MINUTE,
        moments.interactions(),
        moments.levels(),
        moments.achievements(),
        moments.moments().activities(),
        moments.moments().points());
  }
}
