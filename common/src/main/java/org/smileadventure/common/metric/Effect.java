package org.smileadventure.common.metric;

/** What a change or a difference has to be greater than before it is called one. */
enum Effect {
  SCORE(5, true, 1),
  ENGAGEMENT(10, true, 1),
  SUCCESS(5, true, 1),
  /** Of seconds. */
  MINUTES(2, true, 60),
  RECOVERY(10, false, 1),
  /** Percentage points of the episodes of distress that the child got out of. */
  RECOVERED(10, true, 1),
  DISTRESS(10, false, 1),
  RATING(0.5, true, 1);

  private static final double DAYS_PER_WEEK = 7;

  private final double least;
  private final boolean upIsGood;
  private final int unit;

  Effect(double least, boolean upIsGood, int unit) {
    this.least = least;
    this.upIsGood = upIsGood;
    this.unit = unit;
  }

  /** In the unit of the figure. */
  double least() {
    return least;
  }

  boolean upIsGood() {
    return upIsGood;
  }

  /** What a value as it is stored is divided by. */
  int unit() {
    return unit;
  }

  boolean matters(double change) {
    return Math.abs(change) > least;
  }

  /** What a slope per day, as it is stored, is multiplied by. */
  double perWeek() {
    return DAYS_PER_WEEK / unit;
  }

  /** Of a change that is told. */
  Trend.Direction direction(double change) {
    return change > 0 == upIsGood ? Trend.Direction.IMPROVING : Trend.Direction.DECLINING;
  }
}
