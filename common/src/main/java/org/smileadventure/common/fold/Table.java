package org.smileadventure.common.fold;

/** What is counted by a name: for each name a row of numbers, which add up one by one. */
enum Table {
  /** By session type, of all sessions: how many have each {@link #column status}. */
  TYPES(Status.values().length),
  /** By state: microseconds, how often it came first, how often last. */
  STATES(3),
  /** By {@code from>to}: how often. */
  TRANSITIONS(1),
  /** By trigger: observations, and how many of them are moves into distress. */
  TRIGGERS(2),
  /**
   * By strategy: uses, sum of effectiveness, begun by the child, recoveries, their milliseconds.
   */
  STRATEGIES(5),
  /** By hour of the day: sessions with an engagement, the sum of it. */
  HOURS(2),
  /** By day of the week, 1 is Monday: the same. */
  WEEKDAYS(2),
  /**
   * By activity type: activities, points, verified; with a state before and after, improvements,
   * deteriorations; with an anxiety before and after, the sum of its change.
   */
  ACTIVITIES(8),
  /**
   * By trigger and strategy, as {@link EpisodeKind} names them: episodes of distress, those that
   * the child got out of, the milliseconds of these, and their squares: high × 2³² + low.
   */
  EPISODES(5);

  private final int width;

  Table(int width) {
    this.width = width;
  }

  /** Where a status stands in a row of {@link #TYPES}. */
  static int column(Status status) {
    return switch (status) {
      case IN_PROGRESS -> 0;
      case COMPLETED -> 1;
      case ABANDONED -> 2;
      case INTERRUPTED -> 3;
    };
  }

  int width() {
    return width;
  }
}
