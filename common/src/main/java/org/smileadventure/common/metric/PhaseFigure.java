package org.smileadventure.common.metric;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.SessionFigures;

/** What is told of a phase against the days before it, each a value of completed sessions. */
public enum PhaseFigure {
  SCORE(Metric.SCORE, Effect.SCORE),
  SUCCESS(Metric.SUCCESS, Effect.SUCCESS),
  ENGAGEMENT(Metric.ENGAGEMENT, Effect.ENGAGEMENT),
  DISTRESS(Metric.DISTRESS, Effect.DISTRESS),
  RECOVERY(Metric.RECOVERY, Effect.RECOVERY),
  /** Time without the pauses. */
  ACTIVE(Metric.ACTIVE, Effect.MINUTES);

  private final Metric metric;
  private final Effect effect;

  PhaseFigure(Metric metric, Effect effect) {
    this.metric = metric;
    this.effect = effect;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PhaseFigure> named(String name) {
    return Arrays.stream(values()).filter(figure -> figure.wireName().equals(name)).findFirst();
  }

  /** The name of the unit: points, percent, of_100, seconds or minutes. */
  public String unit() {
    return effect.unitName();
  }

  public boolean upIsGood() {
    return effect.upIsGood();
  }

  /** A difference matters if it is greater, in the unit. */
  public double leastEffect() {
    return effect.least();
  }

  /** In the unit; null: the session has none. */
  public @Nullable Double value(SessionFigures session) {
    var value = metric.of(session);
    return value == null ? null : value / Math.pow(10, metric.scale()) / effect.unit();
  }
}
