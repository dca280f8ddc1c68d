package org.smileadventure.demo.story;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.smileadventure.common.event.Payload.ActivityType;
import org.smileadventure.common.event.Payload.SupportNeeded;
import org.smileadventure.demo.story.Sitting.Effort;
import org.smileadventure.demo.story.Sitting.Feelings;
import org.smileadventure.demo.story.Sitting.Remedy;
import org.smileadventure.demo.story.Sitting.Trigger;

/** A therapy begins half a year ago. Within six weeks all goes better, and stays so. */
record TherapyBegins() implements Plot {
  static final int BEGAN = 182;
  private static final double WEEKS_UNTIL_IT_SHOWS = 6;

  @Override
  public String summary() {
    return "A therapy began half a year ago.";
  }

  @Override
  public int firstDay() {
    return 360;
  }

  @Override
  public double likelihood(int daysAgo) {
    return 0.42;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    var progress = (BEGAN - daysAgo) / (7 * WEEKS_UNTIL_IT_SHOWS);
    return new Sitting(
        drawn.nextInt(3) == 0 ? Scenario.MORNING : Scenario.TAKING_TURNS,
        drawn.nextInt(3) == 0,
        new Effort(
            7,
            Plot.between(2.2, 4.6, progress),
            Plot.between(0.55, 0.78, progress),
            Plot.between(48, 71, progress),
            Plot.between(0.8, 0.93, progress)),
        new Feelings(
            Plot.between(0.3, 0.1, progress),
            Plot.between(60, 28, progress),
            List.of(
                new Trigger("change", 0.9, Plot.between(0.65, 0.3, progress)),
                new Trigger("waiting", 0.5, Plot.between(0.3, 0.1, progress)),
                new Trigger(null, 2, 0.06)),
            List.of(
                new Remedy("visual_schedule", Plot.between(0.1, 0.5, progress), 4, 0.4),
                new Remedy("counting", 0.2, 3, 0.3))),
        Plot.between(2.9, 4.2, progress));
  }

  @Override
  public Optional<Deed> deed(int daysAgo, Random drawn) {
    var onTheDayOfTherapy = daysAgo <= BEGAN && (BEGAN - daysAgo) % 7 == 0;
    return onTheDayOfTherapy
        ? Optional.of(
            new Deed(
                ActivityType.THERAPY_SESSION,
                "Occupational therapy",
                45,
                4.5,
                2.5,
                SupportNeeded.MODERATE))
        : Optional.empty();
  }
}
