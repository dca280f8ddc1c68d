package org.smileadventure.common.fold;

/** Up to 50 points for five interactions a minute, 30 for completing, up to 20 for achievements. */
final class Engagement {
  private static final int INTERACTIONS_A_MINUTE = 5;
  private static final int MOST_FOR_INTERACTIONS = 50;
  private static final int FOR_COMPLETING = 30;
  private static final int FOR_AN_ACHIEVEMENT = 5;
  private static final int MOST_FOR_ACHIEVEMENTS = 20;

  private Engagement() {}

  /** In hundredths of a point. Without active time there is none. */
  static int hundredths(int interactions, int achievements, boolean completed, int activeSeconds) {
    if (activeSeconds == 0) {
      return 0;
    }
    var forInteractions =
        Ratio.rounded(
            100L * MOST_FOR_INTERACTIONS * 60 / INTERACTIONS_A_MINUTE * interactions,
            activeSeconds);
    var forTheRest =
        (completed ? FOR_COMPLETING : 0)
            + Math.min(FOR_AN_ACHIEVEMENT * achievements, MOST_FOR_ACHIEVEMENTS);
    return (int) Math.min(forInteractions, 100L * MOST_FOR_INTERACTIONS) + 100 * forTheRest;
  }
}
