package org.smileadventure.query.words;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.metric.Aid;
import org.smileadventure.common.metric.Comparison;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Upset;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts into words what upsets a child and what helps it. No sentence says why it is so. */
public final class StoryWords {
  private static final Messages TEXTS = Messages.beside(StoryWords.class, "story");

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

  /** What distress comes with. */
  public String upset(Upset upset) {
    return switch (upset.certainty()) {
      case CLEAR, LIKELY ->
          text("upsets.told", with(upset, "certainty", upset.certainty().wireName()));
      case UNCLEAR -> noUpset();
      case TOO_EARLY -> tooEarlyForAnUpset();
    };
  }

  public List<String> why(Upset upset, long observations, long intoDistress) {
    var told = with(upset, "all", observations);
    told.put("into", intoDistress);
    return List.of(text("upsets.why.trigger", told), text("upsets.why.all", told));
  }

  /** Nothing stands out. */
  public String noUpset() {
    return text("upsets.unclear", Map.of());
  }

  public String tooEarlyForAnUpset() {
    return text("upsets.too_early", Map.of());
  }

  public Missing sightingsMissing(long n) {
    return Missing.ofCases(language, "sightings", n);
  }

  /** With which strategy the child calmed down faster. */
  public String aid(Aid aid) {
    return text("helps.strategy", with(aid));
  }

  public List<String> why(Aid aid) {
    return List.of(text("helps.why.strategy", with(aid)), text("helps.why.recent", Map.of()));
  }

  /** That the child takes part more with somebody there. */
  public String support(Comparison engagement) {
    return text("helps.support", with(engagement, Figure.ENGAGEMENT));
  }

  public List<String> whySupport(Comparison engagement) {
    return List.of(text("helps.why.support", with(engagement, Figure.ENGAGEMENT)));
  }

  /** Nothing stands out. */
  public String noHelp() {
    return text("helps.unclear", Map.of());
  }

  public String tooEarlyForHelp() {
    return text("helps.too_early", Map.of());
  }

  public Missing recoveriesMissing(long n) {
    return Missing.ofCases(language, "recoveries", n);
  }

  private Map<String, Object> with(Upset upset, String name, Object value) {
    var told = new HashMap<String, Object>();
    told.put("trigger", Vocabulary.name(language, "trigger", upset.trigger()));
    told.put("moves", upset.movesIntoDistress());
    told.put("n", upset.n());
    told.put(name, value);
    return told;
  }

  private Map<String, Object> with(Aid aid) {
    var told = with(aid.recovery(), Figure.RECOVERY);
    told.put("strategy", Vocabulary.name(language, "strategy", aid.strategy()));
    return told;
  }

  /** Of means that are there. */
  private Map<String, Object> with(Comparison compared, Figure figure) {
    var told = new HashMap<String, Object>();
    told.put("certainty", compared.certainty().wireName());
    told.put("with", about(requireNonNull(compared.one().mean()), figure));
    told.put("without", about(requireNonNull(compared.other().mean()), figure));
    told.put("n", compared.one().n());
    told.put("m", compared.other().n());
    return told;
  }

  private String about(double value, Figure figure) {
    return Vocabulary.amount(language, figure.unit(), Math.rint(value));
  }

  private String text(String key, Map<String, ?> arguments) {
    var all = new HashMap<String, Object>(arguments);
    all.put("name", child);
    return TEXTS.text(language, key, all);
  }
}
