package org.smileadventure.demo.story;

import java.util.List;
import java.util.Random;
import org.smileadventure.demo.story.Sitting.Effort;
import org.smileadventure.demo.story.Sitting.Feelings;
import org.smileadventure.demo.story.Sitting.Remedy;
import org.smileadventure.demo.story.Sitting.Trigger;

/** Three sessions in the last days. */
record TooNewToTell() implements Plot {

  @Override
  public String summary() {
    return "Has played three times.";
  }

  @Override
  public int firstDay() {
    return 5;
  }

  @Override
  public double likelihood(int daysAgo) {
    return daysAgo % 2;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    return new Sitting(
        daysAgo == 3 ? Scenario.DENTIST : Scenario.MORNING,
        true,
        new Effort(5, 3.4, 0.76, 62, 1),
        new Feelings(
            0.2,
            35,
            List.of(new Trigger("waiting", 0.4, 0.3), new Trigger(null, 2, 0.1)),
            List.of(new Remedy("favourite_toy", 0.5, 4, 0.2))),
        3.5);
  }
}
