package org.smileadventure.common.metric;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Plays;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.statistic.RobustLine;

/** One value of a window's sessions, in its own unit. */
record Series(Plays plays, Values values, Metric metric) {

  static Series of(WindowMoments moments, Metric metric) {
    return new Series(moments.plays(), moments.values(metric), metric);
  }

  long n() {
    return values.n();
  }

  /** On how many days there is a value. */
  long days() {
    return values.days().size();
  }

  Sample sample() {
    return Sample.of(values, metric);
  }

  BigDecimal sum() {
    return sample().sum();
  }

  /** Of the first ⌊n ÷ 2⌋ values. */
  BigDecimal earlySum() {
    return BigDecimal.valueOf(plays.earlySum(metric), metric.scale());
  }

  /** Null: there is no value. */
  @Nullable BigDecimal min() {
    return n() == 0 ? null : BigDecimal.valueOf(values.min(), metric.scale());
  }

  @Nullable BigDecimal max() {
    return n() == 0 ? null : BigDecimal.valueOf(values.max(), metric.scale());
  }

  /** Needs a value. */
  LocalDate firstDay() {
    return Objects.requireNonNull(values.days().first());
  }

  LocalDate lastDay() {
    return Objects.requireNonNull(values.days().last());
  }

  /** From the first to the last day with a value; needs one. */
  long length() {
    return ChronoUnit.DAYS.between(firstDay(), lastDay());
  }

  /** Whether there are so many values, on days enough for a line. */
  boolean hasLine(int leastN) {
    return n() >= leastN && days() >= Trend.LEAST_DAYS;
  }

  /** Against days; needs values on 3 of them. */
  TrendLine line() {
    var sample = sample();
    return new TrendLine(
        LineFit.of(
            n(),
            BigDecimal.valueOf(values.x()),
            BigDecimal.valueOf(values.xx()),
            sample.sum(),
            sample.sumSq(),
            new BigDecimal(values.xy(), metric.scale())),
        RobustLine.of(times(), amounts()));
  }

  /** With a level for each scenario; empty if too little is left. */
  Optional<RobustLine> lineWithinScenarios() {
    return RobustLine.within(times(), amounts(), scenarios());
  }

  /** How many values scenarios have that have two at least, and how many scenarios these are. */
  record InScenarios(long n, int scenarios) {}

  InScenarios inScenarios() {
    var sizes = new int[plays.scenarios() + 1];
    for (int play = 0; play < plays.size(); play++) {
      if (plays.has(metric, play)) {
        sizes[plays.scenarioNumber(play)]++;
      }
    }
    var n = 0L;
    var scenarios = 0;
    for (int scenario = 1; scenario < sizes.length; scenario++) {
      if (sizes[scenario] > 1) {
        n += sizes[scenario];
        scenarios++;
      }
    }
    return new InScenarios(n, scenarios);
  }

  private double[] times() {
    var first = firstDay().toEpochDay();
    return each(play -> plays.epochDay(play) - first);
  }

  /** Above the least, so that values that are all the same are exactly so. */
  private double[] amounts() {
    var unit = Math.pow(10, metric.scale());
    return each(play -> (plays.value(metric, play) - values.min()) / unit);
  }

  private double[] each(IntToDoubleFunction of) {
    var each = new double[Math.toIntExact(n())];
    for (int play = 0, i = 0; i < each.length; play++) {
      if (plays.has(metric, play)) {
        each[i++] = of.applyAsDouble(play);
      }
    }
    return each;
  }

  /** Below 0 where nobody knows it. */
  private int[] scenarios() {
    var scenarios = new int[Math.toIntExact(n())];
    for (int play = 0, i = 0; i < scenarios.length; play++) {
      if (plays.has(metric, play)) {
        var number = plays.scenarioNumber(play);
        scenarios[i++] = number == 0 ? -1 : number;
      }
    }
    return scenarios;
  }
}
