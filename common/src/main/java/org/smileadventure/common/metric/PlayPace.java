package org.smileadventure.common.metric;

import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;

/**
 * How much a child played in some days, whatever became of the sessions.
 *
 * @param ended sessions that are over
 */
public record PlayPace(long days, long sessions, long ended, long abandoned) {
  private static final long LEAST_SESSIONS = 5;
  private static final double FEWER = 0.5;
  private static final double MORE_ABANDONED = 0.1;
  private static final double DAYS_PER_WEEK = 7;

  /** Of a window of so many days. */
  public static PlayPace of(WindowMoments moments, long days) {
    return new PlayPace(
        days, moments.sessions(), moments.ended(), moments.sessions(Status.ABANDONED));
  }

  public double perWeek() {
    return days == 0 ? 0 : sessions * DAYS_PER_WEEK / days;
  }

  private double abandonedShare() {
    return ended == 0 ? 0 : (double) abandoned / ended;
  }

  /** Whether the child plays less than half as often as it did, when it played 5 times at least. */
  public boolean isMuchLessThan(PlayPace before) {
    return before.sessions >= LEAST_SESSIONS && perWeek() < FEWER * before.perWeek();
  }

  /** Whether the share of given up sessions is 10 points higher, of 5 that ended at least. */
  public boolean isMoreOftenAbandonedThan(PlayPace before) {
    return ended >= LEAST_SESSIONS
        && before.ended >= LEAST_SESSIONS
        && abandonedShare() - before.abandonedShare() >= MORE_ABANDONED - 1e-9;
  }
}
