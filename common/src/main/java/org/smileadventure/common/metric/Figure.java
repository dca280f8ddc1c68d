package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Values;
import org.smileadventure.common.fold.WindowMoments;

/** A figure that is told by itself: a value of sessions, with its unit and what is good of it. */
public enum Figure {
  SCORE(Metric.SCORE, Effect.SCORE),
  ENGAGEMENT(Metric.ENGAGEMENT, Effect.ENGAGEMENT),
  SUCCESS(Metric.SUCCESS, Effect.SUCCESS),
  DURATION(Metric.DURATION, Effect.MINUTES),
  RECOVERY(Metric.RECOVERY, Effect.RECOVERY),
  DISTRESS(Metric.DISTRESS, Effect.DISTRESS),
  /** What parents say, from 1 to 5. */
  RATING(Metric.RATING, Effect.RATING);

  /** How many days of a line its band is told for, at most. */
  private static final int MOST_BAND_DAYS = 24;

  private final Metric metric;
  private final Effect effect;

  Figure(Metric metric, Effect effect) {
    this.metric = metric;
    this.effect = effect;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Figure> named(String name) {
    return Arrays.stream(values()).filter(figure -> figure.wireName().equals(name)).findFirst();
  }

  /** The name of the unit: points, of_100, percent, minutes, seconds or of_5. */
  public String unit() {
    return effect.unitName();
  }

  public boolean upIsGood() {
    return effect.upIsGood();
  }

  /** The least change that matters, in the unit. */
  public double leastEffect() {
    return effect.least();
  }

  /** Of which value of a session it is told. */
  public Metric metric() {
    return metric;
  }

  public Measure measure(WindowMoments moments) {
    return Measure.of(series(moments), effect);
  }

  /** These values of the metric added up, in the figure's unit; needs n ≥ 1. */
  public double mean(long n, long sum) {
    return Sample.quotient(BigDecimal.valueOf(sum, metric.scale()), n) / effect.unit();
  }

  /** The first day with a value; null: there is none. */
  public @Nullable LocalDate firstDay(WindowMoments moments) {
    return moments.values(metric).days().first();
  }

  /** The last day with a value; null: there is none. */
  public @Nullable LocalDate lastDay(WindowMoments moments) {
    return moments.values(metric).days().last();
  }

  /**
   * The line of a trend on a day.
   *
   * @param low of the 95 % confidence band of the line, which is where the mean of that day's
   *     values lies, not where each of them does
   */
  public record Fitted(LocalDate day, double value, double low, double high) {}

  /**
   * The line from the first to the last day with a value, at most 24 days of it, those two among
   * them; empty below 4 values on 3 days.
   */
  public List<Fitted> band(WindowMoments moments) {
    var series = series(moments);
    if (!series.hasLine(Trend.LEAST_N)) {
      return List.of();
    }
    var line = series.line();
    var first = series.firstDay();
    var length = series.length();
    var steps = Math.min(length, MOST_BAND_DAYS - 1L);
    return LongStream.rangeClosed(0, steps)
        .mapToObj(step -> fitted(line, first.plusDays(Math.round((double) length * step / steps))))
        .toList();
  }

  private Fitted fitted(TrendLine line, LocalDate day) {
    var x = (double) ChronoUnit.DAYS.between(Values.DAY_ZERO, day);
    var value = line.at(x);
    var margin = line.meanMargin(x);
    return new Fitted(
        day,
        value / effect.unit(),
        (value - margin) / effect.unit(),
        (value + margin) / effect.unit());
  }

  private Series series(WindowMoments moments) {
    return Series.of(moments, metric);
  }
}
