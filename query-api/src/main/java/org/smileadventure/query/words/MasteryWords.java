package org.smileadventure.query.words;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.metric.Mastery;
import org.smileadventure.common.metric.NextScenario;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts into words how far a child has got with its scenarios, and what to play next. */
public final class MasteryWords {
  private static final Messages TEXTS = Messages.beside(MasteryWords.class, "mastery");

  private final Language language;
  private final String child;
  private final LocalDate today;

  /**
   * For a child.
   *
   * @param child its name
   */
  public MasteryWords(Language language, String child, LocalDate today) {
    this.language = language;
    this.child = child;
    this.today = today;
  }

  /** What the scenario is called. */
  public String title(Mastery mastery) {
    return Vocabulary.name(language, "scenario", mastery.scenario());
  }

  /** How far the child is. */
  public String sentence(Mastery mastery) {
    return text("stage." + mastery.stage().wireName(), with(mastery));
  }

  /** What the probability is. */
  public String means() {
    return text("means", Map.of());
  }

  /** What to play next. */
  public String sentence(NextScenario next) {
    var mastery = next.mastery();
    return text("next." + next.rule().wireName(), mastery == null ? Map.of() : with(mastery));
  }

  /** What the suggestion rests on. */
  public List<String> why(NextScenario next, List<Mastery> played) {
    var mastery = next.mastery();
    if (mastery == null) {
      var most = played.stream().mapToLong(Mastery::attempts).max().orElse(0);
      return List.of(
          text(
              "why." + next.rule().wireName(),
              Map.of("n", Math.max(1, Mastery.LEAST_ATTEMPTS - most), "all", played.size())));
    }
    var why = new ArrayList<String>();
    var with = with(mastery);
    with.put("others", next.others());
    why.add(text("why.mastery", with));
    if (next.others() > 0) {
      why.add(text("why.others." + next.rule().wireName(), with));
    }
    why.add(text(mastery.calm().of() == 0 ? "why.calm_unknown" : "why.calm", with));
    why.add(text("why.since", with));
    return why;
  }

  private Map<String, Object> with(Mastery mastery) {
    var told = new HashMap<String, Object>();
    told.put("scenario", title(mastery));
    told.put("stage", mastery.stage().wireName());
    told.put("n", mastery.attempts());
    told.put("needed", Math.max(0, Mastery.LEAST_ATTEMPTS - mastery.attempts()));
    told.put("calm", mastery.calm().calm());
    told.put("of", mastery.calm().of());
    told.put("days", NextScenario.daysSince(mastery, today));
    var probability = mastery.probability();
    if (probability != null) {
      told.put("percent", percent(probability));
    }
    return told;
  }

  /** From 1 to 99: nothing is certain. */
  private String percent(double probability) {
    return Vocabulary.amount(
        language, "percent", Math.clamp(Math.rint(100 * probability), 1.0, 99.0));
  }

  private String text(String key, Map<String, ?> arguments) {
    var all = new HashMap<String, Object>(arguments);
    all.put("name", child);
    return TEXTS.text(language, key, all);
  }
}
