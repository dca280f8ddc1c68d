package org.smileadventure.demo.story;

import java.util.List;
import java.util.Random;
import org.smileadventure.demo.story.Sitting.Effort;
import org.smileadventure.demo.story.Sitting.Feelings;
import org.smileadventure.demo.story.Sitting.Remedy;
import org.smileadventure.demo.story.Sitting.Trigger;

/** Plays for months, and has not played for two. */
record StopsPlaying() implements Plot {
  static final int LAST_PLAYED = 61;

  @Override
  public String summary() {
    return "Has not played for two months.";
  }

  @Override
  public int firstDay() {
    return 350;
  }

  @Override
  public double likelihood(int daysAgo) {
    if (daysAgo <= LAST_PLAYED) {
      return daysAgo == LAST_PLAYED ? 1 : 0;
    }
    return 0.42;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    return new Sitting(
        drawn.nextBoolean() ? Scenario.DENTIST : Scenario.PLAYGROUND,
        drawn.nextInt(4) == 0,
        new Effort(7, 3.6, 0.7, 64, 0.85),
        new Feelings(
            0.2,
            40,
            List.of(
                new Trigger("crowd", 0.5, 0.4),
                new Trigger("waiting", 0.5, 0.3),
                new Trigger(null, 2, 0.08)),
            List.of(new Remedy("music", 0.4, 3.5, 0.6), new Remedy("deep_breathing", 0.2, 3, 0.2))),
        3.4);
  }
}
