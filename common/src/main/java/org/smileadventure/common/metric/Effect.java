package org.smileadventure.common.metric;

/** What a change or a difference has to amount to before it is called one. */
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

  Trend.Direction direction(Interval slope, double change) {
    if (!slope.leavesOut(0) || !matters(change)) {
      return Trend.Direction.STABLE;
    }
    return change > 0 == upIsGood ? Trend.Direction.IMPROVING : Trend.Direction.DECLINING;
  }
}
