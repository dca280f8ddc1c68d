package org.smileadventure.query.population;

import static org.smileadventure.query.answer.Csv.rounded;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.Csv;

/** What is published, a figure a line. What is suppressed has no value. */
final class PopulationTable {
  private final Csv csv;

  private PopulationTable(Csv csv) {
    this.csv = csv;
  }

  static String of(PopulationEndpoints.Export export) {
    var text = new StringWriter();
    try {
      new PopulationTable(new Csv(text)).print(export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void print(PopulationEndpoints.Export export) throws IOException {
    csv.row("section", "of", "figure", "value", "unit", "low", "high", "children", "published_at");
    cohort("all", export.all());
    for (var cohort : export.byAge()) {
      cohort("age " + cohort.name(), cohort);
    }
    for (var cohort : export.bySupportLevel()) {
      cohort("support level " + cohort.name(), cohort);
    }
    for (var part : export.distributions()) {
      csv.row(
          part.topic(),
          String.join(" ", part.scope()),
          part.category(),
          rounded(part.share(), 3),
          "share",
          rounded(part.shareLow(), 3),
          rounded(part.shareHigh(), 3),
          part.children(),
          part.publishedAt());
    }
    for (var treatment : export.treatments()) {
      csv.row(
          "treatment",
          treatment.therapyType(),
          "effect",
          rounded(treatment.effectMean(), 2),
          "tau",
          rounded(treatment.effectLow(), 2),
          rounded(treatment.effectHigh(), 2),
          treatment.children(),
          treatment.publishedAt());
      csv.row(
          "treatment",
          treatment.therapyType(),
          "effect of a new child",
          null,
          "tau",
          rounded(treatment.newChildLow(), 2),
          rounded(treatment.newChildHigh(), 2),
          treatment.children(),
          treatment.publishedAt());
      csv.row(
          "treatment",
          treatment.therapyType(),
          "improved",
          rounded(treatment.improvedShare(), 3),
          "share",
          null,
          null,
          treatment.children(),
          treatment.publishedAt());
    }
    for (var insight : export.insights()) {
      csv.row(
          "insight, " + insight.priority(),
          String.join(" ", insight.scope()),
          insight.insight(),
          rounded(insight.share(), 3),
          "share",
          rounded(insight.shareLow(), 3),
          rounded(insight.shareHigh(), 3),
          insight.children(),
          insight.publishedAt());
    }
  }

  private void cohort(String of, CohortFigures cohort) throws IOException {
    var children = cohort.playingChildren();
    var at = cohort.oldestPublishedAt();
    figure(of, "playing_children", cohort.playingChildren(), "children", children, at);
    figure(of, "other_children", cohort.otherChildren(), "children", cohort.otherChildren(), at);
    figure(of, "sessions", cohort.sessions(), "sessions", children, at);
    figure(of, "completion_rate", cohort.completionRate(), "%", children, at);
    figure(of, "score", mean(cohort.score()), "points", children, at);
    figure(of, "engagement", mean(cohort.engagement()), "of 100", children, at);
    figure(of, "success", mean(cohort.success()), "%", children, at);
    var activities = cohort.activities();
    if (activities != null) {
      var recorded = activities.children();
      figure(of, "activities", activities.activities(), "activities", recorded, at);
      figure(of, "verification_rate", activities.verificationRate(), "%", recorded, at);
      figure(of, "emotional_improvement_rate", activities.improvementRate(), "%", recorded, at);
    }
  }

  private void figure(
      String of,
      String figure,
      @Nullable Number value,
      String unit,
      @Nullable Long children,
      @Nullable Instant publishedAt)
      throws IOException {
    csv.row("cohort", of, figure, rounded(value, 1), unit, null, null, children, publishedAt);
  }

  private static @Nullable Double mean(CohortFigures.@Nullable Spread spread) {
    return spread == null ? null : spread.mean();
  }
}
