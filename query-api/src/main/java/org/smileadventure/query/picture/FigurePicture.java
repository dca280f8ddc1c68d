package org.smileadventure.query.picture;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Points;
import org.smileadventure.language.Language;
import org.smileadventure.query.figure.FigureAnswer;

/** A figure as a picture of its course. */
public final class FigurePicture {
  private static final double HIGHEST_PERCENTAGE = 100;
  private static final double LOWEST_RATING = 1;
  private static final double HIGHEST_RATING = 5;

  private FigurePicture() {}

  public static Picture of(FigureAnswer figure, Language language) {
    var from = from(figure);
    return new Course(
        language,
        figure.title(),
        description(figure, language),
        text(
            language,
            "axis",
            Map.of("title", figure.title(), "unit", text(language, "unit." + figure.unit()))),
        figure.withoutPlay().days().stretches().isEmpty() ? null : text(language, "strip"),
        remark(figure, language),
        figure.unit().equals("of_5") ? LOWEST_RATING : 0,
        highest(figure.unit()),
        from,
        figure.window().to(),
        figure.points().stream()
            .map(point -> new Course.Point(middle(point), point.n(), point.mean()))
            .toList(),
        figure.band().stream()
            .map(fit -> new Course.Fit(fit.day(), fit.value(), fit.low(), fit.high()))
            .toList(),
        before(figure, language),
        lines(figure, language),
        figure.withoutPlay().days().stretches());
  }

  /** Where phases begin, and the days after their last ones. */
  private static List<Course.Phase> lines(FigureAnswer figure, Language language) {
    var lines = new ArrayList<Course.Phase>();
    for (var phase : figure.phases()) {
      if (isIn(phase.day(), figure)) {
        lines.add(new Course.Phase(phase.day(), phase.label()));
      }
      if (phase.until() != null && isIn(phase.until(), figure)) {
        lines.add(
            new Course.Phase(
                phase.until().plusDays(1),
                text(language, "phase_end", Map.of("words", phase.label()))));
      }
    }
    return lines;
  }

  private static boolean isIn(LocalDate day, FigureAnswer figure) {
    return !day.isBefore(from(figure)) && !day.isAfter(figure.window().to());
  }

  /** All days begin with the first that there is a value of. */
  private static LocalDate from(FigureAnswer figure) {
    var first = figure.window().from();
    if (first != null) {
      return first;
    }
    return figure.points().isEmpty() ? figure.window().to() : figure.points().getFirst().from();
  }

  private static LocalDate middle(Points.Point point) {
    return point.from().plusDays(ChronoUnit.DAYS.between(point.from(), point.to()) / 2);
  }

  /** Where the axis of a unit ends; null: where the points have room. */
  public static @Nullable Double highest(String unit) {
    return switch (unit) {
      case "of_100", "percent" -> HIGHEST_PERCENTAGE;
      case "of_5" -> HIGHEST_RATING;
      default -> null;
    };
  }

  private static @Nullable String remark(FigureAnswer figure, Language language) {
    if (figure.points().isEmpty()) {
      return text(language, "nothing");
    }
    return figure.band().isEmpty() ? text(language, "too_early") : null;
  }

  private static Course.@Nullable Before before(FigureAnswer figure, Language language) {
    var mean = figure.before() == null ? null : figure.before().measure().mean();
    return mean == null
        ? null
        : new Course.Before(mean, text(language, "before", Map.of("value", mean)));
  }

  private static String description(FigureAnswer figure, Language language) {
    var words = new ArrayList<String>();
    words.add(figure.sentence());
    var mean = figure.measure().mean();
    if (mean != null) {
      words.add(text(language, "mean", Map.of("value", mean, "n", figure.measure().n())));
    }
    if (!figure.points().isEmpty()) {
      words.add(
          text(
              language,
              figure.band().isEmpty() ? "points_alone" : "points_and_line",
              Map.of("grain", figure.grain().wireName())));
    }
    var before = figure.before();
    if (before != null && before.measure().mean() != null) {
      words.add(text(language, "mean_before", Map.of("value", before.measure().mean())));
    }
    for (var phase : figure.phases()) {
      words.add(
          phase.until() == null
              ? text(language, "phase", Map.of("day", phase.day(), "words", phase.label()))
              : text(
                  language,
                  "phase_until",
                  Map.of("day", phase.day(), "until", phase.until(), "words", phase.label())));
    }
    if (figure.withoutPlay().days().of() > 0) {
      words.add(figure.withoutPlay().sentence());
    }
    return String.join(" ", words);
  }

  private static String text(Language language, String key) {
    return Words.PICTURES.text(language, key);
  }

  private static String text(Language language, String key, Map<String, ?> arguments) {
    return Words.PICTURES.text(language, key, arguments);
  }
}
