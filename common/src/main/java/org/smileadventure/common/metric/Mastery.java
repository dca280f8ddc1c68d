package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.statistic.KnowledgeTracing;

/**
 * How probable it is that a child knows a scenario.
 *
 * @param probability after the last attempt; null below 3
 * @param attemptsToMastery the first attempt that ends three in a row of at least 80 %; null: none
 * @param course the last attempts, at most 30; empty below 3
 */
public record Mastery(
    String scenario,
    Stage stage,
    @Nullable Double probability,
    long attempts,
    @Nullable Integer attemptsToMastery,
    LocalDate lastDay,
    Calm calm,
    List<Point> course,
    @JsonUnwrapped @Nullable Lack lack) {
  public static final int LEAST_ATTEMPTS = 3;
  private static final int MOST_POINTS = 30;

  /** How far the child is. */
  public enum Stage {
    MASTERED,
    NEARLY,
    LEARNING,
    TOO_EARLY;

    /** Of Corbett and Anderson's tutor. */
    private static final double MASTERED_FROM = 0.95;

    private static final double NEARLY_FROM = 0.7;

    static Stage of(double probability) {
      if (probability >= MASTERED_FROM) {
        return MASTERED;
      }
      return probability >= NEARLY_FROM ? NEARLY : LEARNING;
    }

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * After an attempt.
   *
   * @param attempt its number, from 1
   * @param correct whether its success rate was at least 80 %
   */
  public record Point(int attempt, LocalDate day, boolean correct, double probability) {}

  /**
   * How many of the last attempts, of which distress is known, were calm.
   *
   * @param of at most 5
   */
  public record Calm(int calm, int of) {
    private static final int MOST = 5;
    private static final int LEAST = 3;

    private static Calm of(List<ScenarioAttempts.Attempt> attempts) {
      var known =
          attempts.reversed().stream()
              .map(ScenarioAttempts.Attempt::distressSeconds)
              .filter(Objects::nonNull)
              .limit(MOST)
              .toList();
      var calm = known.stream().filter(seconds -> seconds < Effect.DISTRESS.least()).count();
      return new Calm((int) calm, known.size());
    }

    /** Whether more than half of them, and of at least three, were not. */
    boolean isUpset() {
      return of >= LEAST && 2 * calm < of;
    }
  }

  /** From how fast children learn it. */
  public static Mastery of(ScenarioAttempts played, KnowledgeTracing parameters) {
    var attempts = played.attempts();
    var n = attempts.size();
    var toMastery = Learning.attemptsToMastery(played.successRates());
    var calm = Calm.of(attempts);
    if (n < LEAST_ATTEMPTS) {
      return new Mastery(
          played.scenario(),
          Stage.TOO_EARLY,
          null,
          n,
          toMastery,
          played.lastDay(),
          calm,
          List.of(),
          Lack.ofCases(LEAST_ATTEMPTS));
    }
    var course = course(attempts, parameters);
    var probability = course.getLast().probability();
    return new Mastery(
        played.scenario(),
        Stage.of(probability),
        probability,
        n,
        toMastery,
        played.lastDay(),
        calm,
        course.subList(Math.max(0, n - MOST_POINTS), n),
        null);
  }

  private static List<Point> course(
      List<ScenarioAttempts.Attempt> attempts, KnowledgeTracing parameters) {
    var correct = new boolean[attempts.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = attempts.get(i).isCorrect();
    }
    var known = parameters.course(correct);
    return IntStream.range(0, correct.length)
        .mapToObj(i -> new Point(i + 1, attempts.get(i).day(), correct[i], known[i]))
        .toList();
  }

  /** In whole percent; below any where there is none. */
  long percent() {
    return probability == null ? -1 : Math.round(100 * probability);
  }
}
