package org.smileadventure.query.words;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Strategies;
import org.smileadventure.common.metric.Support;
import org.smileadventure.common.metric.Triggers;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts into words what upsets a child and what helps it. No sentence says why it is so. */
public final class StoryWords {
  private static final Messages TEXTS = Messages.beside(StoryWords.class, "story");

  private static final int MOST_TRIED = 3;

  private final Language language;
  private final String child;

  /**
   * For a child.
   *
   * @param child its name
   */
  public StoryWords(Language language, String child) {
    this.language = language;
    this.child = child;
  }

  /** What distress comes with, of a trigger of which there is enough. */
  public String upset(Triggers.Item trigger) {
    return trigger.certainty().tells()
        ? text("upsets.told", with(trigger))
        : text("upsets.unclear", Map.of());
  }

  /**
   * What that rests on.
   *
   * @param lookedAt how many tests of triggers and strategies there were
   */
  public List<String> why(Triggers.Item trigger, int lookedAt, WindowMoments moments) {
    var told = with(trigger);
    told.put("all", moments.observations());
    told.put("into", moments.intoDistress());
    var why = new ArrayList<String>();
    why.add(text("upsets.why.trigger", told));
    why.add(text("upsets.why.all", told));
    why.addAll(chance(trigger.p(), trigger.adjustedP(), lookedAt));
    return List.copyOf(why);
  }

  public String tooEarlyForAnUpset() {
    return text("upsets.too_early", Map.of());
  }

  public Missing sightingsMissing(long n) {
    return Missing.ofCases(language, "sightings", n);
  }

  /** With which strategy the child calmed down faster, or more often. */
  public String aid(Strategies.Item aid) {
    return text(aid.helpsByTime() ? "helps.strategy" : "helps.strategy_more_often", with(aid));
  }

  /** What that rests on. */
  public List<String> why(Strategies.Item aid, int lookedAt) {
    var why = new ArrayList<String>();
    why.add(text("helps.why.strategy", with(aid)));
    why.addAll(chance(aid.help().p(), aid.help().adjustedP(), lookedAt));
    return List.copyOf(why);
  }

  /** What was used most, of which nothing can be told. */
  public List<String> tried(Strategies strategies) {
    return strategies.items().stream()
        .sorted(Comparator.comparingLong(Strategies.Item::n).reversed())
        .limit(MOST_TRIED)
        .map(
            item ->
                text(
                    item.certainty() == Certainty.TOO_EARLY
                        ? "helps.why.tried"
                        : "helps.why.no_difference",
                    Map.of(
                        "strategy",
                        Vocabulary.name(language, "strategy", item.strategy()),
                        "n",
                        item.n())))
        .toList();
  }

  /** That the child takes part more with somebody there. */
  public String support(Support.Difference engagement) {
    return text("helps.support", with(engagement));
  }

  public List<String> whySupport(Support.Difference engagement) {
    return List.of(text("helps.why.support", with(engagement)));
  }

  /** Nothing stands out. */
  public String noHelp() {
    return text("helps.unclear", Map.of());
  }

  public String tooEarlyForHelp() {
    return text("helps.too_early", Map.of());
  }

  public Missing episodesMissing(long n) {
    return Missing.ofCases(language, "episodes", n);
  }

  /** How well chance explains it; of 100, rounded up to a tenth. */
  private List<String> chance(@Nullable Double p, @Nullable Double adjustedP, int lookedAt) {
    return p == null || adjustedP == null
        ? List.of()
        : List.of(
            text("why.chance", Map.of("p", Math.ceil(1000 * p) / 10)),
            text(
                "why.looks",
                Map.of("looks", lookedAt, "adjusted", Math.ceil(1000 * adjustedP) / 10)));
  }

  private Map<String, Object> with(Triggers.Item trigger) {
    var told = new HashMap<String, Object>();
    told.put("trigger", Vocabulary.name(language, "trigger", trigger.trigger()));
    told.put("moves", trigger.movesIntoDistress());
    told.put("n", trigger.n());
    told.put("certainty", trigger.certainty().wireName());
    return told;
  }

  private Map<String, Object> with(Strategies.Item aid) {
    var help = aid.help();
    var unit = aid.helpsByTime() ? Figure.RECOVERY.unit() : "percent";
    var told = new HashMap<String, Object>();
    told.put("strategy", Vocabulary.name(language, "strategy", aid.strategy()));
    told.put("certainty", aid.certainty().wireName());
    told.put("with", about(requireNonNull(help.with().value()), unit));
    told.put("without", about(requireNonNull(help.without().value()), unit));
    told.put("n", help.with().n());
    told.put("m", help.without().n());
    return told;
  }

  private Map<String, Object> with(Support.Difference engagement) {
    return Map.of(
        "certainty",
        engagement.certainty().wireName(),
        "with",
        about(requireNonNull(engagement.with().mean()), Figure.ENGAGEMENT.unit()),
        "without",
        about(requireNonNull(engagement.without().mean()), Figure.ENGAGEMENT.unit()),
        "n",
        engagement.with().n(),
        "m",
        engagement.without().n());
  }

  private String about(double value, String unit) {
    return Vocabulary.amount(language, unit, Math.rint(value));
  }

  private String text(String key, Map<String, ?> arguments) {
    var all = new HashMap<String, Object>(arguments);
    all.put("name", child);
    return TEXTS.text(language, key, all);
  }
}
