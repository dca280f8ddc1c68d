package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Values;

/**
 * The next session's score, if it is played on the day after the last one, and where it lies with a
 * confidence of 95 %. Null below 8 scores on 3 days.
 */
public record Forecast(
    @Nullable Double value,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable LocalDate day,
    long n,
    long days,
    @JsonUnwrapped @Nullable Lack lack) {
  private static final int LEAST_N = 8;

  static Forecast of(Series score) {
    if (!score.hasLine(LEAST_N)) {
      return new Forecast(
          null,
          null,
          null,
          null,
          score.n(),
          score.days(),
          Lack.ofCasesOnDays(LEAST_N, Trend.LEAST_DAYS));
    }
    var day = score.lastDay().plusDays(1);
    var x = ChronoUnit.DAYS.between(Values.DAY_ZERO, day);
    var line = score.line();
    var value = line.at((double) x);
    var margin = line.predictionMargin((double) x);
    return new Forecast(value, value - margin, value + margin, day, score.n(), score.days(), null);
  }
}
