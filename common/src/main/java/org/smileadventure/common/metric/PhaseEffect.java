package org.smileadventure.common.metric;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.statistic.Estimate;
import org.smileadventure.common.statistic.SingleCase;

/**
 * A figure in a phase against the days before it, session by session. It does not tell that the
 * phase made the difference.
 *
 * @param certainty of the difference beyond what was under way before
 * @param reservations whether fewer than five values on a side say so
 * @param change null, with the lack, below three values on a side
 * @param line where the trend of the days before goes, if it goes on; null as is the change
 */
public record PhaseEffect(
    PhaseFigure figure,
    Side before,
    Side during,
    Certainty certainty,
    Reading reading,
    boolean reservations,
    @Nullable Change change,
    @Nullable Line line,
    @JsonUnwrapped @Nullable Lack lack) {
  /** Values on each side, to say anything. */
  public static final int LEAST_N = SingleCase.LEAST_N;

  /** Values on each side, to say it without reservations. */
  public static final int LEAST_N_TO_RELY_ON = 5;

  private static final double DAYS_PER_WEEK = 7;

  /** What can be said, in a word. */
  public enum Reading {
    BETTER,
    WORSE,
    SAME,
    /** It was getting better before, and went on so. */
    ALREADY_BETTER,
    ALREADY_WORSE,
    /** Of what was going down before, more is left than it seemed. */
    BETTER_THAN_GOING,
    WORSE_THAN_GOING,
    TOO_EARLY;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is good, and told. */
    public boolean isBetter() {
      return this == BETTER || this == BETTER_THAN_GOING;
    }
  }

  /**
   * One side.
   *
   * @param median null if there is no value
   * @param trendPerWeek after Theil and Sen; null below three values, or if all are of one day
   */
  public record Side(long n, @Nullable Double median, @Nullable Double trendPerWeek) {}

  /**
   * How far one side is from the other. What has a direction is above the middle (nap 0.5, the
   * others 0) where it is better in the phase.
   *
   * @param level median in the phase − median before
   * @param beyondTrend the same of what is left when the trend of the days before is taken from
   *     both, if it is ({@code baselineCorrected}); or else the same
   * @param correctedTau without the trend of the days before, if there is one that can be told
   * @param logResponseRatio of the means; null where a mean is not above 0
   * @param pnd share of the phase's values that are better than all before, 0 to 1
   * @param ird improvement rate difference, −1 to 1
   */
  public record Change(
      double level,
      double beyondTrend,
      boolean baselineCorrected,
      Estimate nap,
      Estimate tau,
      Estimate correctedTau,
      @Nullable Estimate logResponseRatio,
      double pnd,
      double ird,
      double tauU) {}

  /** The trend of the days before, on its first day and on the last one of the phase. */
  public record Line(LocalDate from, double valueFrom, LocalDate to, double valueTo) {}

  /** A value of a session. */
  public record Value(LocalDate day, double value) {}

  /** The values of completed sessions, in their order. */
  public static List<Value> values(PhaseFigure figure, Collection<SessionFigures> sessions) {
    return sessions.stream()
        .filter(session -> session.status() == Status.COMPLETED)
        .sorted(
            Comparator.comparing(SessionFigures::day)
                .thenComparing(SessionFigures::startedAt)
                .thenComparing(session -> session.id().toString()))
        .flatMap(
            session ->
                Stream.ofNullable(figure.value(session))
                    .map(value -> new Value(session.day(), value)))
        .toList();
  }

  /** Of values in their order. */
  public static PhaseEffect of(PhaseFigure figure, List<Value> before, List<Value> during) {
    if (before.size() < LEAST_N || during.size() < LEAST_N) {
      return new PhaseEffect(
          figure,
          new Side(before.size(), median(array(before)), null),
          new Side(during.size(), median(array(during)), null),
          Certainty.TOO_EARLY,
          Reading.TOO_EARLY,
          false,
          null,
          null,
          Lack.ofCases(LEAST_N));
    }
    var found =
        SingleCase.of(days(before), array(before), days(during), array(during), figure.upIsGood());
    // Of days that are all one there is no trend.
    var trend = requireNonNullElse(found.trendPerWeekA(), 0.0);
    var levelBefore = residual(trend, before);
    var change = change(found, trend, levelBefore, during);
    var few = Math.min(before.size(), during.size()) < LEAST_N_TO_RELY_ON;
    var beyond = certainty(figure, found.correctedTau(), change.beyondTrend());
    var reading = reading(figure, beyond, change);
    var tells = reading != Reading.ALREADY_BETTER && reading != Reading.ALREADY_WORSE;
    var certainty =
        !tells ? Certainty.UNCLEAR : few && beyond == Certainty.CLEAR ? Certainty.LIKELY : beyond;
    return new PhaseEffect(
        figure,
        new Side(before.size(), found.medianA(), found.trendPerWeekA()),
        new Side(during.size(), found.medianB(), found.trendPerWeekB()),
        certainty,
        reading,
        few,
        change,
        line(trend, levelBefore, before.getFirst().day(), during.getLast().day()),
        null);
  }

  private static Change change(
      SingleCase found, double trend, double levelBefore, List<Value> during) {
    var level = found.medianB() - found.medianA();
    return new Change(
        level,
        found.baselineCorrected() ? residual(trend, during) - levelBefore : level,
        found.baselineCorrected(),
        found.nap(),
        found.tau(),
        found.correctedTau(),
        found.logResponseRatio(),
        found.pnd(),
        found.ird(),
        found.tauU());
  }

  /** Clear and likely as everywhere, and only where the difference goes the same way. */
  private static Certainty certainty(PhaseFigure figure, Estimate tau, double difference) {
    var sameWay =
        Math.signum(tau.value()) == (figure.upIsGood() ? 1 : -1) * Math.signum(difference);
    return Certainty.of(
        new Interval(tau.low(), tau.high()),
        new Interval(tau.likelyLow(), tau.likelyHigh()),
        sameWay && Math.abs(difference) > figure.leastEffect());
  }

  private static Reading reading(PhaseFigure figure, Certainty beyond, Change change) {
    var after = beyond.tells() ? Math.signum(change.correctedTau().value()) : 0;
    if (!change.baselineCorrected()) {
      return after > 0 ? Reading.BETTER : after < 0 ? Reading.WORSE : Reading.SAME;
    }
    var seen =
        certainty(figure, change.tau(), change.level()).tells()
            ? Math.signum(change.tau().value())
            : 0;
    if (seen == 0) {
      return after > 0
          ? Reading.BETTER_THAN_GOING
          : after < 0 ? Reading.WORSE_THAN_GOING : Reading.SAME;
    }
    if (seen == after) {
      return after > 0 ? Reading.BETTER : Reading.WORSE;
    }
    return seen > 0 ? Reading.ALREADY_BETTER : Reading.ALREADY_WORSE;
  }

  private static Line line(double trend, double level, LocalDate first, LocalDate last) {
    return new Line(first, level + at(trend, first), last, level + at(trend, last));
  }

  /** The median of what is left of values without a trend. */
  private static double residual(double trendPerWeek, List<Value> values) {
    return SingleCase.median(
        values.stream()
            .mapToDouble(value -> value.value() - at(trendPerWeek, value.day()))
            .toArray());
  }

  private static double at(double trendPerWeek, LocalDate day) {
    return trendPerWeek * day.toEpochDay() / DAYS_PER_WEEK;
  }

  private static double[] days(List<Value> values) {
    return values.stream().mapToDouble(value -> value.day().toEpochDay()).toArray();
  }

  private static double[] array(List<Value> values) {
    return values.stream().mapToDouble(Value::value).toArray();
  }

  private static @Nullable Double median(double[] values) {
    return values.length == 0 ? null : SingleCase.median(values);
  }
}
