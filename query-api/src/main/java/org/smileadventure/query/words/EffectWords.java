package org.smileadventure.query.words;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.metric.PhaseEffect;
import org.smileadventure.common.metric.PhaseEffect.Reading;
import org.smileadventure.common.metric.PhaseFigure;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts into words how a child played in a phase and before. No sentence says why it is so. */
public final class EffectWords {
  private static final Messages TEXTS = Messages.beside(EffectWords.class, "effects");

  private final Language language;
  private final String child;
  private final String label;
  private final boolean goesOn;

  /**
   * For a phase of a child.
   *
   * @param child its name
   * @param label the words of the phase
   * @param goesOn whether it has no last day, or one that is not over
   */
  public EffectWords(Language language, String child, String label, boolean goesOn) {
    this.language = language;
    this.child = child;
    this.label = label;
    this.goesOn = goesOn;
  }

  public String title(PhaseFigure figure) {
    return Vocabulary.name(language, "figure", figure.wireName());
  }

  /** How the figure is in the phase, beside before; with reservations, if there are few values. */
  public String sentence(PhaseEffect effect) {
    var told = told(effect);
    var sentence = text(key(effect), told);
    return effect.reservations() ? sentence + " " + text("reservations", told) : sentence;
  }

  private static String key(PhaseEffect effect) {
    return switch (effect.reading()) {
      case BETTER -> effect.figure().wireName() + ".better";
      case WORSE -> effect.figure().wireName() + ".worse";
      case SAME -> "same";
      case ALREADY_BETTER, ALREADY_WORSE -> "already";
      case BETTER_THAN_GOING -> "beyond_better";
      case WORSE_THAN_GOING -> "beyond_worse";
      case TOO_EARLY -> "too_early";
    };
  }

  private Map<String, Object> told(PhaseEffect effect) {
    var figure = effect.figure();
    var told = new HashMap<String, Object>();
    told.put("title", title(figure));
    told.put("certainty", effect.certainty().wireName());
    told.put("span", goesOn ? "since" : "during");
    told.put("n", effect.before().n());
    told.put("m", effect.during().n());
    told.put("least", amount(figure, figure.leastEffect()));
    if (effect.before().median() != null && effect.during().median() != null) {
      told.put("from", about(figure, effect.before().median()));
      told.put("to", about(figure, effect.during().median()));
    }
    var isBetter = effect.reading() == Reading.ALREADY_BETTER;
    told.put("way", isBetter == figure.upIsGood() ? "up" : "down");
    return told;
  }

  /** What the sentence rests on, in this child's numbers. */
  public List<String> why(PhaseEffect effect) {
    var change = effect.change();
    if (change == null) {
      return List.of();
    }
    var why = new ArrayList<String>();
    var told = told(effect);
    why.add(text("why.medians", told));
    told.put("value", change.nap().value() * 100);
    why.add(text("why.pairs", told));
    told.put("value", change.pnd() * 100);
    why.add(text("why.best", told));
    why.add(text("why.tau", with(told, change.tau())));
    if (change.baselineCorrected()) {
      var slope = requireNonNull(effect.before().trendPerWeek());
      told.put("way", slope > 0 ? "up" : "down");
      told.put("slope", amount(effect.figure(), Math.abs(slope)));
      why.add(text("why.corrected", with(told, change.correctedTau())));
    }
    why.add(text("why.level", told));
    return List.copyOf(why);
  }

  private static Map<String, Object> with(
      Map<String, Object> told, org.smileadventure.common.statistic.Estimate estimate) {
    told.put("value", estimate.value());
    told.put("low", estimate.low());
    told.put("high", estimate.high());
    return told;
  }

  /** What else is to be known: {@code future}, {@code empty} or {@code empty_before}. */
  public String remark(String key) {
    return text("remark." + key, Map.of());
  }

  /** That another phase is in the same days. */
  public String overlap(String other) {
    return TEXTS.text(language, "remark.overlap", Map.of("label", other));
  }

  /** That another phase has begun. */
  public String next(String other, LocalDate day) {
    return TEXTS.text(language, "remark.next", Map.of("label", other, "day", day));
  }

  public String bounded(long days) {
    return text("remark.bounded", Map.of("days", days));
  }

  private String text(String key, Map<String, ?> arguments) {
    var all = new HashMap<String, Object>(arguments);
    all.put("name", child);
    all.put("label", label);
    return TEXTS.text(language, key, all);
  }

  /** As exact as somebody remembers it, with its unit. */
  private String about(PhaseFigure figure, double value) {
    return amount(figure, Math.rint(value) + 0.0);
  }

  private String amount(PhaseFigure figure, double value) {
    return Vocabulary.amount(language, figure.unit(), value);
  }
}
