package org.smileadventure.query.words;

import static java.util.Objects.requireNonNull;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.fold.WindowMoments;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.WithinScenarios;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.language.Vocabulary;

/** Puts a figure of a child into words. */
public final class FigureWords {
  private static final Messages TEXTS = Messages.beside(FigureWords.class, "figures");

  private static final double DAYS_PER_WEEK = 7;

  /** From here on it is said that there is less to tell from. */
  private static final double MUCH_ALIKE = 0.3;

  private final Language language;
  private final String child;
  private final Figure figure;

  /**
   * For a figure of a child.
   *
   * @param child its name
   */
  public FigureWords(Language language, String child, Figure figure) {
    this.language = language;
    this.child = child;
    this.figure = figure;
  }

  public String title() {
    return Vocabulary.name(language, "figure", figure.wireName());
  }

  /** What the figure is. */
  public String means() {
    return text("means", Map.of());
  }

  /**
   * How it goes. A change is told from where the line begins to where it ends, which is what the
   * certainty is about.
   */
  public String sentence(Certainty certainty, Measure measure, List<Figure.Fitted> band) {
    if (certainty == Certainty.TOO_EARLY || measure.mean() == null || band.isEmpty()) {
      return text("too_early", Map.of());
    }
    if (measure.trend().within().disagrees()) {
      return disagreement(measure, band);
    }
    if (!certainty.tells()) {
      return text("unclear", Map.of("mean", about(measure.mean())));
    }
    var from = within(measure, band.getFirst().value());
    var to = within(measure, band.getLast().value());
    return text(
        to > from == figure.upIsGood() ? "better" : "worse",
        Map.of("certainty", certainty.wireName(), "from", number(from), "to", about(to)));
  }

  /** Where the trend within scenarios says something else than the one over all. */
  private String disagreement(Measure measure, List<Figure.Fitted> band) {
    var within = measure.trend().within();
    var change = requireNonNull(within.change());
    return plain(
        "scenarios." + requireNonNull(within.agreement()).wireName(),
        Map.of(
            "title",
            title(),
            "from",
            number(within(measure, band.getFirst().value())),
            "to",
            about(within(measure, band.getLast().value())),
            "mean",
            about(requireNonNull(measure.mean())),
            "way",
            change > 0 == figure.upIsGood() ? "better" : "worse"));
  }

  /** A line may leave what there is: no time is below 0. */
  private static double within(Measure measure, double value) {
    return measure.min() == null || measure.max() == null
        ? value
        : Math.clamp(value, measure.min(), measure.max());
  }

  /** What the sentence rests on, in this child's numbers. */
  public List<String> why(Measure measure, WindowMoments moments) {
    var first = figure.firstDay(moments);
    var last = figure.lastDay(moments);
    if (measure.mean() == null || first == null || last == null) {
      return List.of(TEXTS.text(language, "why.nothing"));
    }
    var trend = measure.trend();
    var why = new ArrayList<String>();
    why.add(plain("why.rests", Map.of("n", measure.n(), "days", trend.days())));
    why.add(plain("why.days", Map.of("days", trend.days(), "first", first, "last", last)));
    if (trend.earlyAverage() != null && trend.lateAverage() != null) {
      why.add(
          plain(
              "why.halves",
              Map.of("early", about(trend.earlyAverage()), "late", about(trend.lateAverage()))));
    }
    var weeks = ChronoUnit.DAYS.between(first, last) / DAYS_PER_WEEK;
    if (trend.interval() != null) {
      why.add(
          plain(
              "why.change",
              Map.of(
                  "low",
                  signed(trend.interval().low() * weeks),
                  "high",
                  signed(trend.interval().high() * weeks),
                  "least",
                  amount(figure.leastEffect()))));
    }
    if (trend.lag1() != null) {
      why.add(
          plain(
              "why.lag1",
              Map.of(
                  "lag1",
                  trend.lag1(),
                  "likeness",
                  trend.lag1() >= MUCH_ALIKE ? "much" : "little")));
    }
    if (trend.interval() != null) {
      why.add(within(trend.within(), weeks));
    }
    return List.copyOf(why);
  }

  private String within(WithinScenarios within, double weeks) {
    var interval = within.interval();
    if (interval == null) {
      return TEXTS.text(language, "why.within.lack");
    }
    return plain(
        "why.within",
        Map.of(
            "low",
            signed(interval.low() * weeks),
            "high",
            signed(interval.high() * weeks),
            "n",
            within.n(),
            "scenarios",
            within.scenarios()));
  }

  /** How it was in the window before. */
  public String before(Measure before) {
    return before.mean() == null
        ? TEXTS.text(language, "before.nothing")
        : plain("before.mean", Map.of("mean", about(before.mean()), "n", before.n()));
  }

  private String text(String key, Map<String, ?> arguments) {
    var all = new HashMap<String, Object>(arguments);
    all.put("name", child);
    return TEXTS.text(language, figure.wireName() + "." + key, all);
  }

  private String plain(String key, Map<String, ?> arguments) {
    return TEXTS.text(language, key, arguments);
  }

  /** As exact as somebody remembers it, with its unit. */
  private String about(double value) {
    return Vocabulary.amount(language, figure.unit(), rounded(value));
  }

  private String amount(double value) {
    return Vocabulary.amount(language, figure.unit(), value);
  }

  private String number(double value) {
    return TEXTS.text(language, "number", Map.of("value", rounded(value)));
  }

  private String signed(double value) {
    return TEXTS.text(language, "signed", Map.of("value", rounded(value)));
  }

  private double rounded(double value) {
    // Without the sign of a zero.
    return (figure == Figure.RATING ? Math.rint(value * 10) / 10 : Math.rint(value)) + 0.0;
  }
}
