package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Plays;

/** A child's attempts at one scenario, at least one, in their order. */
public record ScenarioAttempts(String scenario, List<Attempt> attempts) {

  /**
   * A completed session with a success rate.
   *
   * @param distressSeconds null: it is not known
   */
  public record Attempt(LocalDate day, BigDecimal success, @Nullable Long distressSeconds) {
    /** Whether it counts as a success: as in three in a row that are mastery. */
    boolean isCorrect() {
      return success.compareTo(Learning.MASTERED) >= 0;
    }
  }

  /** Of these plays of a child, in order of the scenarios' names. */
  public static List<ScenarioAttempts> of(Plays plays) {
    var scenarios = new TreeMap<String, List<Attempt>>(CodePoints.ORDER);
    for (int play = 0; play < plays.size(); play++) {
      var scenario = plays.scenario(play);
      if (scenario != null && plays.has(Metric.SUCCESS, play)) {
        scenarios
            .computeIfAbsent(scenario, _ -> new ArrayList<>())
            .add(
                new Attempt(
                    plays.day(play),
                    BigDecimal.valueOf(plays.value(Metric.SUCCESS, play), Metric.SUCCESS.scale()),
                    plays.has(Metric.DISTRESS, play) ? plays.value(Metric.DISTRESS, play) : null));
      }
    }
    return scenarios.entrySet().stream()
        .map(scenario -> new ScenarioAttempts(scenario.getKey(), scenario.getValue()))
        .toList();
  }

  /** Of each attempt. */
  List<BigDecimal> successRates() {
    return attempts.stream().map(Attempt::success).toList();
  }

  /** Of the last attempt. */
  public LocalDate lastDay() {
    return attempts.getLast().day();
  }
}
