package org.smileadventure.query.population;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.population.ActivityCell;
import org.smileadventure.common.population.AgeBand;
import org.smileadventure.common.population.CohortAnswer;
import org.smileadventure.common.population.Moments;
import org.smileadventure.common.population.SupportLevel;

/**
 * What is told of a cohort over the last 90 days, or why nothing is.
 *
 * @param reason {@code suppressed} where it would tell of too few children; all that follows is
 *     null then
 * @param playingChildren those with a mean score, engagement and success; the figures are theirs
 * @param otherChildren null if their number is not published by itself
 * @param completionRate percentage of the sessions that ended
 * @param activities of daily life, of all of its children; null if that is not published by itself
 * @param oldestPublishedAt a cell stays as it is until enough of it has changed
 */
record CohortFigures(
    String name,
    Set<String> ageBands,
    Set<String> supportLevels,
    @Nullable String reason,
    @Nullable Long playingChildren,
    @Nullable Long otherChildren,
    @Nullable Long sessions,
    @Nullable Long completed,
    @Nullable Double completionRate,
    @Nullable Spread score,
    @Nullable Spread engagement,
    @Nullable Spread success,
    @Nullable Activities activities,
    @Nullable Instant oldestPublishedAt) {

  /** Of the children's means; each child counts once. */
  record Spread(long n, double mean, double sd) {
    static Spread of(Moments moments) {
      return new Spread(moments.n(), moments.mean(), moments.standardDeviation());
    }
  }

  /**
   * Activities of the children of whom some were recorded.
   *
   * @param verificationRate percentage that a parent or a professional has verified
   * @param emotionalN with an emotional state before and after
   * @param improvementRate percentage of these after which it was better; null without one
   */
  record Activities(
      long children,
      long activities,
      double activitiesPerChild,
      long verified,
      double verificationRate,
      long emotionalN,
      long improvements,
      long deteriorations,
      @Nullable Double improvementRate) {
    static Activities of(ActivityCell.Counts counts) {
      return new Activities(
          counts.children(),
          counts.activities(),
          1.0 * counts.activities() / counts.children(),
          counts.verified(),
          100.0 * counts.verified() / counts.activities(),
          counts.emotional(),
          counts.improvements(),
          counts.deteriorations(),
          counts.emotional() == 0 ? null : 100.0 * counts.improvements() / counts.emotional());
    }
  }

  static CohortFigures of(CohortAnswer answer) {
    var ages = labels(answer.cohort().ages(), AgeBand::label);
    var levels = labels(answer.cohort().levels(), SupportLevel::label);
    return switch (answer) {
      case CohortAnswer.Suppressed suppressed ->
          new CohortFigures(
              suppressed.cohort().name(),
              ages,
              levels,
              suppressed.reason(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      case CohortAnswer.Told told -> {
        var playing = told.playing();
        var ended = playing.completed() + playing.abandoned() + playing.interrupted();
        yield new CohortFigures(
            told.cohort().name(),
            ages,
            levels,
            null,
            playing.children(),
            told.quietChildren(),
            playing.sessions(),
            playing.completed(),
            ended == 0 ? null : 100.0 * playing.completed() / ended,
            Spread.of(told.measures().score()),
            Spread.of(told.measures().engagement()),
            Spread.of(told.measures().success()),
            told.activities() == null ? null : Activities.of(told.activities()),
            told.oldestPublishedAt());
      }
    };
  }

  private static <T> Set<String> labels(Set<T> values, Function<T, String> label) {
    return values.stream().map(label).collect(Collectors.toCollection(TreeSet::new));
  }
}
