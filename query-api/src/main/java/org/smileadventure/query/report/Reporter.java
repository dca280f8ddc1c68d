package org.smileadventure.query.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Learning;
import org.smileadventure.common.metric.Measure;
import org.smileadventure.common.metric.Recommendation;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.report.ProgressReport.Line;

/** Puts figures into words. */
final class Reporter {
  private Reporter() {}

  static ProgressReport report(
      String name, int age, ChildAnalytics analytics, List<String> dataNotes) {
    var figures = analytics.figures();
    return new ProgressReport(
        analytics.childId(),
        name,
        age,
        analytics.window(),
        lines(figures),
        goingWell(figures),
        figures.risks().stream().map(Reporter::sentence).toList(),
        figures.recommendations().stream().map(Reporter::sentence).toList(),
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

  private static List<String> goingWell(WindowFigures figures) {
    var found = new ArrayList<String>();
    addIfImproving(found, "The score", figures.score(), "points");
    addIfImproving(found, "Engagement", figures.engagement(), "points of 100");
    addIfImproving(found, "The share of right answers", figures.success(), "percentage points");
    addIfImproving(found, "The length of a session", figures.duration(), "minutes");
    addIfImproving(found, "The time to recover from distress", figures.recovery(), "seconds");
    for (Learning scenario : figures.learning()) {
      if (scenario.attemptsToMastery() != null) {
        found.add(
            "\"%s\" was mastered (three times in a row at least 80 %% right) after %d attempts."
                .formatted(scenario.scenario(), scenario.attemptsToMastery()));
      }
    }
    var emotional = figures.activities().emotional();
    if (emotional.improvements() > emotional.deteriorations()) {
      found.add(
          "After %d of %d activities the child felt better than before, after %d worse."
              .formatted(emotional.improvements(), emotional.n(), emotional.deteriorations()));
    }
    return List.copyOf(found);
  }

  private static void addIfImproving(
      List<String> found, String what, Measure measure, String unit) {
    var trend = measure.trend();
    var interval = trend.interval();
    if (trend.direction() == Trend.Direction.IMPROVING && interval != null) {
      found.add(
          "%s gets better: by %s %s a week (surely between %s and %s; %d sessions)."
              .formatted(
                  what,
                  number(trend.slopePerWeek()),
                  unit,
                  number(interval.low()),
                  number(interval.high()),
                  trend.n()));
    }
  }

  private static String sentence(Risk risk) {
    var inputs = risk.inputs();
    return switch (risk.rule()) {
      case SCORE_DECLINING ->
          "The score goes down: by %s points a week (%s sessions)."
              .formatted(number(inputs.get("slope_per_week")), number(inputs.get("n")));
      case DISTRESS_RISING ->
          "The time in distress goes up: by %s seconds a session and week (%s sessions)."
              .formatted(number(inputs.get("slope_per_week")), number(inputs.get("n")));
      case PLAY_DROPPED ->
          "There were %s sessions, after %s in the period of the same length before."
              .formatted(number(inputs.get("sessions")), number(inputs.get("sessions_before")));
      case ABANDONMENT_HIGH ->
          "%s %% of %s sessions were given up."
              .formatted(number(inputs.get("abandoned_percent")), number(inputs.get("n")));
      case LONG_SILENCE -> "The last session was on %s.".formatted(inputs.get("last_day"));
      case OVERWHELMED_EXITS ->
          "%s sessions ended because it was too much.".formatted(number(inputs.get("exits")));
    };
  }

  private static String sentence(Recommendation recommendation) {
    Map<String, Object> on = recommendation.restsOn();
    return switch (recommendation.rule()) {
      case TAKE_BREAKS -> "Take breaks: sessions ended because it was too much.";
      case RESUME_PLAY -> "Play again: it has become less.";
      case INCREASE_DIFFICULTY ->
          "Try something harder: %s %% of the answers are right."
              .formatted(number(on.get("success.mean")));
      case DECREASE_DIFFICULTY ->
          "Try something easier: %s %% of the answers are right."
              .formatted(number(on.get("success.mean")));
      case SHORTEN_SESSIONS -> "Try shorter sessions" + because(on);
      case EXTEND_SESSIONS -> "Try longer sessions" + because(on);
      case PLAY_AT_BEST_HOUR ->
          "Play at about %s o'clock, when engagement is highest (%s of 100; %s sessions)."
              .formatted(on.get("hour"), number(on.get("engagement")), number(on.get("n")));
      case AVOID_TRIGGER ->
          "Look after \"%s\": distress follows it %s times as often as it comes otherwise (%s times seen)."
              .formatted(on.get("trigger"), number(on.get("lift")), number(on.get("n")));
      case USE_STRATEGY ->
          "Use \"%s\": it helped with %s of 5 (%s times)."
              .formatted(on.get("strategy"), number(on.get("effectiveness")), number(on.get("n")));
      case PLAY_WITH_SUPPORT ->
          "Play together: engagement is higher with somebody at the child's side.";
    };
  }

  private static String because(Map<String, Object> on) {
    var reasons = new ArrayList<String>();
    if (on.get("duration.mean") != null) {
      reasons.add("a session takes %s minutes".formatted(number(on.get("duration.mean"))));
    }
    if (on.get("engagement.mean") != null) {
      reasons.add("engagement is %s of 100".formatted(number(on.get("engagement.mean"))));
    }
    return ": " + String.join(", ", reasons) + ".";
  }

  /** With one decimal at most. */
  private static String number(@Nullable Object value) {
    return value instanceof Number number
        ? String.valueOf(Csv.rounded(number, 1))
        : String.valueOf(value);
  }
}
