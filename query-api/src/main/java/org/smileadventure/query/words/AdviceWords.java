package org.smileadventure.query.words;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.smileadventure.common.metric.Activities;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Learning;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.Recommendation;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts into words what goes well, what to look after, and what to try. */
public final class AdviceWords {
  private static final Messages TEXTS = Messages.beside(AdviceWords.class, "advice");

  private final Language language;

  public AdviceWords(Language language) {
    this.language = language;
  }

  public String risk(Risk risk) {
    var told = new HashMap<String, Object>(risk.inputs());
    told.computeIfPresent("last_day", (_, day) -> LocalDate.parse((String) day));
    // Which way it goes is in the words.
    told.computeIfPresent("slope_per_week", (_, slope) -> Math.abs((Double) slope));
    return text("risk." + risk.rule().wireName(), told);
  }

  public String recommendation(Recommendation recommendation) {
    var on = recommendation.restsOn();
    var told = new HashMap<String, Object>();
    // An argument's name has no dot.
    on.forEach((name, value) -> told.put(name.replace('.', '_'), value));
    told.computeIfPresent(
        "trigger", (_, name) -> Vocabulary.name(language, "trigger", (String) name));
    told.computeIfPresent(
        "strategy", (_, name) -> Vocabulary.name(language, "strategy", (String) name));
    told.computeIfPresent("certainty", (_, certainty) -> ((Certainty) certainty).wireName());
    // Which way it goes is in the words.
    told.computeIfPresent("calming_difference", (_, seconds) -> Math.abs((Double) seconds));
    var key = "try." + recommendation.rule().wireName();
    return text(
        switch (recommendation.rule()) {
          case SHORTEN_SESSIONS ->
              key + (on.containsKey("duration.mean") ? ".duration" : ".engagement");
          case USE_STRATEGY ->
              key + (on.containsKey("calming.difference") ? ".calming" : ".recovered");
          default -> key;
        },
        told);
  }

  /** Empty if it does not get better, as far as can be told. */
  public Optional<String> improvement(Figure figure, Measure measure) {
    var trend = measure.trend();
    if (trend.direction() != Trend.Direction.IMPROVING) {
      return Optional.empty();
    }
    var interval = requireNonNull(trend.interval());
    return Optional.of(
        text(
            "improving",
            Map.of(
                "title",
                Vocabulary.name(language, "figure", figure.wireName()),
                "slope",
                Vocabulary.amount(
                    language, figure.unit(), Math.abs(requireNonNull(trend.slopePerWeek()))),
                "low",
                Math.min(Math.abs(interval.low()), Math.abs(interval.high())),
                "high",
                Math.max(Math.abs(interval.low()), Math.abs(interval.high())),
                "n",
                trend.n())));
  }

  /** Empty if it is not mastered. */
  public Optional<String> mastery(Learning scenario) {
    return scenario.attemptsToMastery() == null
        ? Optional.empty()
        : Optional.of(
            text(
                "mastered",
                Map.of("scenario", scenario.scenario(), "n", scenario.attemptsToMastery())));
  }

  /** Empty if the child did not feel better more often than worse. */
  public Optional<String> relief(Activities activities) {
    var emotional = activities.emotional();
    return emotional.improvements() <= emotional.deteriorations()
        ? Optional.empty()
        : Optional.of(
            text(
                "relief",
                Map.of(
                    "better", emotional.improvements(),
                    "worse", emotional.deteriorations(),
                    "n", emotional.n())));
  }

  private String text(String key, Map<String, ?> arguments) {
    return TEXTS.text(language, key, arguments);
  }
}
