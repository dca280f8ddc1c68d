package org.smileadventure.query.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.report.ProgressReport.Line;
import org.smileadventure.query.story.Story;
import org.smileadventure.query.words.AdviceWords;

/** Puts figures into words. */
final class Reporter {
  private Reporter() {}

  static ProgressReport report(
      ProgressReport.Who child,
      ChildAnalytics analytics,
      Story story,
      List<String> dataNotes,
      Language language) {
    var figures = analytics.figures();
    var words = new AdviceWords(language);
    return new ProgressReport(
        analytics.childId(),
        child.name(),
        child.age(),
        analytics.window(),
        language.tag(),
        story.sentences(),
        story.next(),
        lines(figures),
        goingWell(figures, words),
        figures.risks().stream().map(words::risk).toList(),
        figures.recommendations().stream().map(words::recommendation).toList(),
        dataNotes,
        analytics.computedAt());
  }

  private static List<Line> lines(WindowFigures figures) {
    var totals = figures.totals();
    var activities = figures.activities();
    return List.of(
        count("sessions", totals.all().sessions(), "sessions"),
        count("completed sessions", totals.all().completed(), "sessions"),
        share("completion rate", figures.completionRate().value(), figures.completionRate().n()),
        plain("time played", totals.minutes(), "minutes", totals.all().completed()),
        measure("score", figures.score(), "points"),
        measure("engagement", figures.engagement(), "of 100"),
        measure("success", figures.success(), "%"),
        measure("duration", figures.duration(), "minutes"),
        measure("recovery from distress", figures.recovery(), "seconds"),
        plain("sessions per week", figures.consistency().sessionsPerWeek(), "sessions", null),
        plain("attention", figures.attention().mean(), "active minutes", figures.attention().n()),
        count("activities", activities.count(), "activities"),
        count("points", activities.points(), "points"),
        share(
            "emotional improvement",
            activities.emotional().improvementRate(),
            activities.emotional().n()));
  }

  private static Line count(String figure, long value, String unit) {
    return plain(figure, (double) value, unit, null);
  }

  private static Line share(String figure, @Nullable Double value, long n) {
    return plain(figure, value, "%", n);
  }

  private static Line plain(String figure, @Nullable Double value, String unit, @Nullable Long n) {
    return new Line(figure, value, unit, n, null, null, null, null);
  }

  private static Line measure(String figure, Measure measure, String unit) {
    var trend = measure.trend();
    var interval = trend.interval();
    return new Line(
        figure,
        measure.mean(),
        unit,
        measure.n(),
        trend.direction(),
        trend.slopePerWeek(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high());
  }

  private static List<String> goingWell(WindowFigures figures, AdviceWords words) {
    return Stream.of(
            words.improvement(Figure.SCORE, figures.score()).stream(),
            words.improvement(Figure.ENGAGEMENT, figures.engagement()).stream(),
            words.improvement(Figure.SUCCESS, figures.success()).stream(),
            words.improvement(Figure.DURATION, figures.duration()).stream(),
            words.improvement(Figure.RECOVERY, figures.recovery()).stream(),
            words.improvement(Figure.DISTRESS, figures.distress()).stream(),
            figures.learning().stream().map(words::mastery).flatMap(Optional::stream),
            words.relief(figures.activities()).stream())
        .flatMap(sentences -> sentences)
        .toList();
  }
}
