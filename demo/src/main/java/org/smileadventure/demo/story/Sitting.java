package org.smileadventure.demo.story;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session is like on average.
 *
 * @param supported whether somebody sits beside the child
 * @param rating what the parent says of it, from 1 to 5
 */
record Sitting(
    Scenario scenario, boolean supported, Effort effort, Feelings feelings, double rating) {

  /**
   * What the child does.
   *
   * @param pace interactions a minute
   * @param success share of right answers, from 0 to 1
   * @param score from 0 to 100
   * @param completes how likely it plays to the end, from 0 to 1
   */
  record Effort(double minutes, double pace, double success, double score, double completes) {}

  /**
   * How it feels.
   *
   * @param anxiousAtStart how likely, from 0 to 1
   * @param distressSeconds how long the child takes to calm down with a remedy of medium effect
   */
  record Feelings(
      double anxiousAtStart,
      double distressSeconds,
      List<Trigger> triggers,
      List<Remedy> remedies) {}

  /**
   * Something that happens to the child.
   *
   * @param name null: nothing in particular
   * @param times how often in a session
   * @param upsets how likely it leads into distress, from 0 to 1
   */
  record Trigger(@Nullable String name, double times, double upsets) {}

  /**
   * A way to calm down.
   *
   * @param used how likely, in distress, from 0 to 1; all of them together at most 1
   * @param effect from 1 to 5
   */
  record Remedy(String strategy, double used, double effect, double childInitiated) {}
}
