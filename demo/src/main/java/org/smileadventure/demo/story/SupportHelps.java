package org.smileadventure.demo.story;

import java.util.List;
import java.util.Random;
import org.smileadventure.demo.story.Sitting.Effort;
import org.smileadventure.demo.story.Sitting.Feelings;
import org.smileadventure.demo.story.Sitting.Remedy;
import org.smileadventure.demo.story.Sitting.Trigger;

/** With somebody beside it the child plays with zest, and alone half-heartedly. */
record SupportHelps() implements Plot {

  @Override
  public String summary() {
    return "Plays with more zest when somebody is there.";
  }

  @Override
  public int firstDay() {
    return 355;
  }

  @Override
  public double likelihood(int daysAgo) {
    return 0.45;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    var supported = drawn.nextBoolean();
    return new Sitting(
        drawn.nextBoolean() ? Scenario.TAKING_TURNS : Scenario.EVENING,
        supported,
        supported ? new Effort(9, 4.8, 0.82, 73, 0.96) : new Effort(6, 2, 0.66, 61, 0.8),
        new Feelings(
            0.08,
            supported ? 25 : 45,
            List.of(
                new Trigger("waiting", 0.6, 0.25),
                new Trigger("touch", 0.3, 0.2),
                new Trigger(null, 2.2, 0.08)),
            List.of(
                new Remedy("favourite_toy", supported ? 0.6 : 0, 4, 0.3),
                new Remedy("music", 0.3, 3, 1))),
        supported ? 4.3 : 3.2);
  }
}
