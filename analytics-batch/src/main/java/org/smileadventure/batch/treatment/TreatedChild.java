package org.smileadventure.batch.treatment;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.statistic.Estimate;
import org.smileadventure.common.statistic.SingleCase;

/** A child in one therapy, with its scores in order of time. */
record TreatedChild(ChildId child, String therapy, LocalDate started, List<Score> scores) {
  private static final int LEAST_SESSIONS = 5;
  private static final int LEAST_DAYS = 3;

  /**
   * Of a session.
   *
   * @param day counted from the therapy's start
   */
  record Score(int day, double value) {}

  /**
   * Null with fewer than 5 sessions, or sessions on fewer than 3 days, before or from the start.
   */
  @Nullable Estimate effect() {
    var before = scores(score -> score.day() < 0);
    var during = scores(score -> score.day() >= 0);
    return isEnough(before) && isEnough(during)
        ? SingleCase.of(days(before), values(before), days(during), values(during), true)
            .correctedTau()
        : null;
  }

  private List<Score> scores(Predicate<Score> in) {
    return scores.stream().filter(in).toList();
  }

  private static boolean isEnough(List<Score> scores) {
    return scores.size() >= LEAST_SESSIONS
        && Arrays.stream(days(scores)).distinct().count() >= LEAST_DAYS;
  }

  private static double[] days(List<Score> scores) {
    return scores.stream().mapToDouble(Score::day).toArray();
  }

  private static double[] values(List<Score> scores) {
    return scores.stream().mapToDouble(Score::value).toArray();
  }
}
