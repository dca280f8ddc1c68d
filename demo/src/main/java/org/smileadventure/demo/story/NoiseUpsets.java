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

/** Noise upsets the child and hardly anything else does. Breathing deeply helps. */
record NoiseUpsets() implements Plot {
  private static final List<Scenario> SCENARIOS =
      List.of(Scenario.PLAYGROUND, Scenario.SOUNDS, Scenario.MORNING);

  @Override
  public String summary() {
    return "Noise upsets this child, and breathing deeply helps.";
  }

  @Override
  public int firstDay() {
    return 357;
  }

  @Override
  public double likelihood(int daysAgo) {
    return 0.45;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    return new Sitting(
        SCENARIOS.get(drawn.nextInt(SCENARIOS.size())),
        drawn.nextBoolean(),
        new Effort(7, 4.6, 0.74, 68, 0.9),
        new Feelings(
            0.02,
            50,
            List.of(
                new Trigger("noise", 0.8, 0.85),
                new Trigger("bright_light", 0.4, 0.1),
                new Trigger("waiting", 0.5, 0.1),
                new Trigger(null, 2.2, 0.03)),
            List.of(
                new Remedy("deep_breathing", 0.5, 4.6, 0.6),
                new Remedy("squeeze_ball", 0.2, 2.4, 0.5))),
        3.7);
  }

  @Override
  public Optional<Deed> deed(int daysAgo, Random drawn) {
    return drawn.nextInt(10) == 0
        ? Optional.of(
            new Deed(
                ActivityType.SENSORY_BREAK,
                "A break in the quiet corner",
                10,
                6,
                2.5,
                SupportNeeded.MINIMAL))
        : Optional.empty();
  }
}
