package org.smileadventure.query.mastery;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Mastery;
import org.smileadventure.common.metric.NextScenario;
import org.smileadventure.common.statistic.KnowledgeTracing;

/**
 * How far a child has got with each scenario, and what to play next. What is text is in the
 * language that was asked for.
 *
 * @param day today, where the child lives
 * @param scenarios the one that was played last comes first; at most 50
 * @param means what the probability is
 */
public record MasteryAnswer(
    long childId,
    String name,
    LocalDate day,
    Next next,
    List<Scenario> scenarios,
    String means,
    Instant computedAt) {

  /**
   * What to play next.
   *
   * @param rule reach_mastery, refresh, with_care, something_new or too_early
   * @param scenario null: something new, or it is too early
   * @param why what it rests on, a sentence each
   */
  public record Next(
      NextScenario.Rule rule, @Nullable String scenario, String sentence, List<String> why) {}

  /**
   * A scenario that was attempted.
   *
   * @param title its name, as it is shown
   * @param daysSince days since the last attempt
   */
  public record Scenario(
      @JsonUnwrapped Mastery mastery,
      String title,
      long daysSince,
      Parameters parameters,
      String sentence) {}

  /**
   * How fast children learn it.
   *
   * @param from fitted, over at least 20 children, or usual
   */
  public record Parameters(String from, double known, double learn, double guess, double slip) {

    static Parameters of(@Nullable KnowledgeTracing fitted) {
      var told = fitted == null ? KnowledgeTracing.USUAL : fitted;
      return new Parameters(
          fitted == null ? "usual" : "fitted",
          told.known(),
          told.learn(),
          told.guess(),
          told.slip());
    }
  }
}
