package org.smileadventure.query.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.DaysWithoutPlay;
import org.smileadventure.common.metric.PhaseEffect;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;
import org.smileadventure.query.picture.Course;
import org.smileadventure.query.picture.FigurePicture;
import org.smileadventure.query.picture.Picture;
import org.smileadventure.query.picture.TwoPhases;
import org.smileadventure.query.picture.Words;

/** The figure of which the points are told, as a picture of both sides. */
final class EffectPicture {
  private static final Messages TEXTS = Messages.beside(EffectPicture.class, "effect-picture");

  private EffectPicture() {}

  static Picture of(PhaseEffects effects, Language language) {
    var figure = effects.of(effects.points().figure());
    var before = side(effects.points().before(), figure.effect().before(), language);
    var during = side(effects.points().during(), figure.effect().during(), language);
    var without = without(effects);
    var line = figure.effect().line();
    return new TwoPhases(
        language,
        TEXTS.text(
            language, "title", Map.of("title", figure.title(), "label", effects.phase().label())),
        description(effects, figure, language),
        Words.PICTURES.text(
            language,
            "axis",
            Map.of(
                "title",
                figure.title(),
                "unit",
                Words.PICTURES.text(language, "unit." + figure.unit()))),
        TEXTS.text(
            language,
            "key",
            Map.of("line", line == null ? "no" : "yes", "strip", without.isEmpty() ? "no" : "yes")),
        remark(effects, figure.effect(), language),
        FigurePicture.highest(figure.unit()),
        effects.before().from(),
        effects.phase().day(),
        effects.during() == null ? effects.phase().day() : effects.during().to(),
        lines(effects, language),
        before,
        during,
        line == null
            ? null
            : new TwoPhases.Trend(line.from(), line.valueFrom(), line.to(), line.valueTo()),
        without);
  }

  /** Where the phase begins, and where others begin and end. */
  private static List<Course.Phase> lines(PhaseEffects effects, Language language) {
    var lines = new ArrayList<Course.Phase>();
    lines.add(new Course.Phase(effects.phase().day(), effects.phase().label()));
    var first = effects.before().from();
    var last = effects.during() == null ? effects.phase().day() : effects.during().to();
    for (var other : effects.others()) {
      if (!other.day().isBefore(first) && !other.day().isAfter(last)) {
        lines.add(new Course.Phase(other.day(), other.label()));
      }
      if (other.until() != null && !other.until().isBefore(first) && other.until().isBefore(last)) {
        lines.add(
            new Course.Phase(
                other.until().plusDays(1),
                Words.PICTURES.text(language, "phase_end", Map.of("words", other.label()))));
      }
    }
    return lines;
  }

  private static TwoPhases.Side side(
      List<PhaseEffect.Value> values, PhaseEffect.Side told, Language language) {
    return new TwoPhases.Side(
        values.stream().map(value -> new TwoPhases.Point(value.day(), value.value())).toList(),
        told.median(),
        told.median() == null
            ? ""
            : TEXTS.text(language, "middle", Map.of("value", told.median())));
  }

  private static List<DaysWithoutPlay.Stretch> without(PhaseEffects effects) {
    var during = effects.during();
    return Stream.concat(
            effects.before().withoutPlay().stretches().stream(),
            during == null ? Stream.of() : during.withoutPlay().stretches().stream())
        .toList();
  }

  private static @Nullable String remark(
      PhaseEffects effects, PhaseEffect effect, Language language) {
    if (effects.points().before().isEmpty() && effects.points().during().isEmpty()) {
      return Words.PICTURES.text(language, "nothing");
    }
    return effect.change() == null ? Words.PICTURES.text(language, "too_early") : null;
  }

  private static String description(
      PhaseEffects effects, PhaseEffects.FigureEffect figure, Language language) {
    var words = new ArrayList<String>();
    words.add(figure.sentence());
    var sides = figure.effect();
    words.add(
        TEXTS.text(
            language,
            "sides",
            Map.of(
                "day", effects.phase().day(), "n", sides.before().n(), "m", sides.during().n())));
    if (sides.before().median() != null && sides.during().median() != null) {
      words.add(
          TEXTS.text(
              language,
              "middles",
              Map.of("before", sides.before().median(), "during", sides.during().median())));
    }
    if (sides.line() != null) {
      words.add(TEXTS.text(language, "line", Map.of("value", sides.line().valueTo())));
    }
    for (var other : effects.others()) {
      words.add(TEXTS.text(language, "other", Map.of("day", other.day(), "words", other.label())));
    }
    words.add(without(effects.before(), "without_before", language));
    if (effects.during() != null) {
      words.add(without(effects.during(), "without_during", language));
    }
    return String.join(" ", words);
  }

  private static String without(PhaseEffects.Range range, String key, Language language) {
    return TEXTS.text(
        language, key, Map.of("n", range.withoutPlay().days(), "all", range.withoutPlay().of()));
  }
}
