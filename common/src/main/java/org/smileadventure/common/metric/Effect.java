package org.smileadventure.common.metric;

/** What a change or a difference has to be greater than before it is called one. */
enum Effect {
  SCORE(5, true, 1, "points"),
  ENGAGEMENT(10, true, 1, "of_100"),
  SUCCESS(5, true, 1, "percent"),
  /** Of seconds. */
  MINUTES(2, true, 60, "minutes"),
  RECOVERY(10, false, 1, "seconds"),
  /** Percentage points of the episodes of distress that the child got out of. */
  RECOVERED(10, true, 1, "percent"),
  DISTRESS(10, false, 1, "seconds"),
  RATING(0.5, true, 1, "of_5");

  private static final double DAYS_PER_WEEK = 7;

  private final double least;
  private final boolean upIsGood;
  private final int unit;
  private final String unitName;

  Effect(double least, boolean upIsGood, int unit, String unitName) {
    this.least = least;
    this.upIsGood = upIsGood;
    this.unit = unit;
    this.unitName = unitName;
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

  String unitName() {
    return unitName;
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
