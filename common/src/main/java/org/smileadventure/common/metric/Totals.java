package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.TreeMap;

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
      long sessions, long completed, long abandoned, long interrupted, long inProgress) {}

  static Totals of(WindowMoments moments) {
    var total = moments.total();
    var byType = new TreeMap<String, Sessions>();
    for (var type : moments.types()) {
      byType.put(
          type.sessionType(),
          new Sessions(
              type.sessions(),
              type.completed(),
              type.abandoned(),
              type.interrupted(),
              type.inProgress()));
    }
    return new Totals(
        new Sessions(
            total.sessions(),
            total.completed(),
            total.abandoned(),
            total.interrupted(),
            total.inProgress()),
        byType,
        total.durationSeconds() / SECONDS_PER_MINUTE,
        total.activeSeconds() / SECONDS_PER_MINUTE,
        total.interactions(),
        total.levels(),
        total.achievements(),
        moments.activities().stream().mapToLong(WindowMoments.Activity::activities).sum(),
        moments.activities().stream().mapToLong(WindowMoments.Activity::points).sum());
  }
}
