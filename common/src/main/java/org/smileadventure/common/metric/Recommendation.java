package org.smileadventure.common.metric;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Something to try, with the figures that speak for it. */
public record Recommendation(Rule rule, Map<String, Object> restsOn) {
  /** In one order, so that instances answer alike. */
  public Recommendation {
    restsOn = Collections.unmodifiableMap(new TreeMap<>(restsOn));
  }

  private static final String CERTAINTY = "certainty";
  private static final int LEAST_N = 3;
  private static final double EASY_SUCCESS = 90;
  private static final double HARD_SUCCESS = 60;
  private static final double LONG_MINUTES = 20;
  private static final double SHORT_MINUTES = 10;
  private static final double LOW_ENGAGEMENT = 40;
  private static final double HIGH_ENGAGEMENT = 70;
  private static final double BETTER_ENGAGEMENT = 10;

  /** In the order in which they are told. */
  public enum Rule {
    TAKE_BREAKS,
    RESUME_PLAY,
    INCREASE_DIFFICULTY,
    DECREASE_DIFFICULTY,
    SHORTEN_SESSIONS,
    EXTEND_SESSIONS,
    PLAY_AT_BEST_HOUR,
    AVOID_TRIGGER,
    USE_STRATEGY,
    PLAY_WITH_SUPPORT;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<Recommendation> of(
      List<Risk> risks,
      Measure engagement,
      Measure success,
      Measure duration,
      BestTime bestTime,
      Triggers triggers,
      Strategies strategies,
      Support support) {
    var found = new ArrayList<Recommendation>();
    fromRisks(found, Rule.TAKE_BREAKS, risks, Set.of(Risk.Rule.OVERWHELMED_EXITS));
    fromRisks(
        found, Rule.RESUME_PLAY, risks, Set.of(Risk.Rule.PLAY_DROPPED, Risk.Rule.LONG_SILENCE));
    fromMeans(found, engagement, success, duration);
    fromBestHour(found, engagement, bestTime);
    triggers
        .upset()
        .ifPresent(
            trigger ->
                found.add(
                    new Recommendation(
                        Rule.AVOID_TRIGGER,
                        Map.of(
                            "trigger",
                            trigger.trigger(),
                            "lift",
                            trigger.liftOrNone(),
                            "n",
                            trigger.n(),
                            CERTAINTY,
                            trigger.certainty()))));
    strategies.aid().map(Recommendation::using).ifPresent(found::add);
    var helped = support.engagement();
    if (helped.helps() && helped.interval() != null) {
      found.add(
          new Recommendation(
              Rule.PLAY_WITH_SUPPORT,
              Map.of(
                  "support.engagement.interval",
                  helped.interval(),
                  CERTAINTY,
                  helped.certainty())));
    }
    return List.copyOf(found);
  }

  private static Recommendation using(Strategies.Item strategy) {
    var help = strategy.help();
    return new Recommendation(
        Rule.USE_STRATEGY,
        Map.of(
            "strategy",
            strategy.strategy(),
            strategy.helpsByTime() ? "calming.difference" : "recovered.difference",
            requireNonNull(help.difference()),
            "n",
            help.with().n(),
            CERTAINTY,
            strategy.certainty()));
  }

  private static void fromRisks(
      List<Recommendation> found, Rule rule, List<Risk> risks, Set<Risk.Rule> causes) {
    var held =
        risks.stream()
            .filter(risk -> causes.contains(risk.rule()))
            .collect(Collectors.toMap(risk -> risk.rule().wireName(), Risk::inputs));
    if (!held.isEmpty()) {
      found.add(new Recommendation(rule, Map.copyOf(held)));
    }
  }

  private static void fromMeans(
      List<Recommendation> found, Measure engagement, Measure success, Measure duration) {
    if (success.hasMeanOf(LEAST_N, mean -> mean > EASY_SUCCESS)) {
      found.add(resting(Rule.INCREASE_DIFFICULTY, "success.mean", success));
    }
    if (success.hasMeanOf(LEAST_N, mean -> mean < HARD_SUCCESS)) {
      found.add(resting(Rule.DECREASE_DIFFICULTY, "success.mean", success));
    }
    if (duration.hasMeanOf(LEAST_N, mean -> mean > LONG_MINUTES)) {
      found.add(resting(Rule.SHORTEN_SESSIONS, "duration.mean", duration));
    } else if (engagement.hasMeanOf(LEAST_N, mean -> mean < LOW_ENGAGEMENT)) {
      found.add(resting(Rule.SHORTEN_SESSIONS, "engagement.mean", engagement));
    }
    if (duration.hasMeanOf(LEAST_N, mean -> mean < SHORT_MINUTES)
        && engagement.hasMeanOf(LEAST_N, mean -> mean > HIGH_ENGAGEMENT)
        && duration.mean() != null
        && engagement.mean() != null) {
      found.add(
          new Recommendation(
              Rule.EXTEND_SESSIONS,
              Map.of("duration.mean", duration.mean(), "engagement.mean", engagement.mean())));
    }
  }

  private static Recommendation resting(Rule rule, String metric, Measure measure) {
    return new Recommendation(
        rule, measure.mean() == null ? Map.of() : Map.of(metric, measure.mean(), "n", measure.n()));
  }

  private static void fromBestHour(
      List<Recommendation> found, Measure engagement, BestTime bestTime) {
    var best = bestTime.best();
    if (best != null
        && engagement.mean() != null
        && best.engagement() - engagement.mean() >= BETTER_ENGAGEMENT) {
      found.add(
          new Recommendation(
              Rule.PLAY_AT_BEST_HOUR,
              Map.of(
                  "hour", best.hour(),
                  "engagement", best.engagement(),
                  "engagement.mean", engagement.mean(),
                  "n", best.n())));
    }
  }
}
