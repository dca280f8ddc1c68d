package org.smileadventure.web.mastery;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a child has got with each scenario, in the language of the page.
 *
 * @param day today, where the child lives
 * @param means what the probability is
 */
public record Mastery(LocalDate day, Next next, List<Scenario> scenarios, String means) {

  /**
   * What to play next.
   *
   * @param why what it rests on, a sentence each
   */
  public record Next(String sentence, List<String> why) {}

  /**
   * A scenario that was attempted.
   *
   * @param probability from 0 to 1; null: it is too early
   * @param attemptsToMastery null: there were no three in a row of at least 80 % yet
   * @param course the last attempts; empty where it is too early
   */
  public record Scenario(
      String scenario,
      String title,
      String sentence,
      @Nullable Double probability,
      long attempts,
      @Nullable Integer attemptsToMastery,
      LocalDate lastDay,
      Calm calm,
      Parameters parameters,
      List<Point> course) {

    /** In percent. */
    public double percent() {
      return probability == null ? 0 : Mastery.percent(probability);
    }
  }

  /** How many of the last attempts, of which it is known, were calm. */
  public record Calm(int calm, int of) {}

  /**
   * How fast children learn it.
   *
   * @param from fitted or usual
   */
  public record Parameters(String from, double known, double learn, double guess, double slip) {}

  /** After an attempt. */
  public record Point(int attempt, LocalDate day, boolean correct, double probability) {
    /** In percent. */
    public double percent() {
      return Mastery.percent(probability);
    }
  }

  /** From 1 to 99: nothing is certain. */
  private static double percent(double probability) {
    return Math.clamp(Math.rint(100 * probability), 1.0, 99.0);
  }
}
