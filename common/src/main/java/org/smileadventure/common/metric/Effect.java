package org.smileadventure.common.metric;

/**
 * What a trend has to amount to over a window before it is called one.
 *
 * @param least change, in the unit of the value
 * @param unit what a value as it is stored is divided by
 */
record Effect(double least, boolean upIsGood, int unit) {
  private static final int SECONDS_PER_MINUTE = 60;

  static final Effect SCORE = new Effect(5, true, 1);
  static final Effect ENGAGEMENT = new Effect(10, true, 1);
  static final Effect SUCCESS = new Effect(5, true, 1);
  static final Effect MINUTES = new Effect(2, true, SECONDS_PER_MINUTE);
  static final Effect RECOVERY = new Effect(10, false, 1);
  static final Effect DISTRESS = new Effect(10, false, 1);
  static final Effect RATING = new Effect(0.5, true, 1);

  Trend.Direction direction(Interval slope, double change) {
    if (!slope.leavesOut(0) || Math.abs(change) <= least) {
      return Trend.Direction.STABLE;
    }
    return change > 0 == upIsGood ? Trend.Direction.IMPROVING : Trend.Direction.DECLINING;
  }
}
