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

/**
 * The fear of the dentist is as it is for months, and falls over the last twelve weeks: since the
 * visit is practised. In the middle of it a therapy begins, and changes nothing of that.
 */
record DentalAnxietyFalls() implements Plot {
  static final int FALLS_FOR = 84;
  static final int THERAPY_BEGAN = 42;

  @Override
  public String summary() {
    return "The fear of the dentist falls over the last twelve weeks.";
  }

  @Override
  public int firstDay() {
    return 362;
  }

  @Override
  public double likelihood(int daysAgo) {
    return daysAgo > FALLS_FOR ? 0.3 : 0.65;
  }

  @Override
  public Sitting sitting(int daysAgo, Random drawn) {
    var atTheDentist = drawn.nextInt(10) > 0;
    return atTheDentist ? dentist(progress(daysAgo)) : evening();
  }

  private static double progress(int daysAgo) {
    return (FALLS_FOR - daysAgo) / (double) FALLS_FOR;
  }

  private static Sitting dentist(double progress) {
    return new Sitting(
        Scenario.DENTIST,
        true,
        new Effort(
            8,
            Plot.between(3, 5, progress),
            Plot.between(0.58, 0.84, progress),
            Plot.between(47, 82, progress),
            Plot.between(0.82, 0.97, progress)),
        new Feelings(
            Plot.between(0.8, 0.05, progress),
            Plot.between(64, 12, progress),
            List.of(
                new Trigger("drill_sound", 1.1, Plot.between(0.88, 0.15, progress)),
                new Trigger("waiting", 0.5, Plot.between(0.4, 0.1, progress)),
                new Trigger("touch", 0.4, Plot.between(0.4, 0.1, progress)),
                new Trigger(null, 1.6, 0.05)),
            List.of(
                new Remedy("counting", 0.3, 3, 0.3),
                new Remedy("deep_breathing", 0.4, Plot.between(3, 4.2, progress), 0.4))),
        Plot.between(2.4, 4.4, progress));
  }

  private static Sitting evening() {
    return new Sitting(
        Scenario.EVENING,
        true,
        new Effort(6, 4.5, 0.8, 74, 0.95),
        new Feelings(
            0.02,
            20,
            List.of(new Trigger(null, 2.4, 0.04)),
            List.of(new Remedy("counting", 0.5, 3, 0.5))),
        4);
  }

  @Override
  public Optional<Deed> deed(int daysAgo, Random drawn) {
    if (drawn.nextInt(10) >= 3) {
      return Optional.empty();
    }
    var progress = progress(daysAgo);
    return Optional.of(
        new Deed(
            ActivityType.DENTAL_CARE,
            "Brushing teeth",
            4,
            Plot.between(7.5, 3, progress),
            Plot.between(5.5, 1.8, progress),
            progress > 0.5 ? SupportNeeded.MINIMAL : SupportNeeded.MODERATE));
  }
}
