package org.smileadventure.query.population;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.SpreadsheetText;

/** What is published, a figure a line. What is suppressed has no value. */
final class PopulationTable {
  private static final String[] COLUMNS = {
    "section", "of", "figure", "value", "unit", "low", "high", "children", "published_at"
  };

  private final CSVPrinter csv;

  private PopulationTable(CSVPrinter csv) {
    this.csv = csv;
  }

  static String of(PopulationEndpoints.Export export) {
    var text = new StringWriter();
    try (var csv = new CSVPrinter(text, CSVFormat.RFC4180.builder().setHeader(COLUMNS).get())) {
      new PopulationTable(csv).print(export);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void print(PopulationEndpoints.Export export) throws IOException {
    cohort("all", export.all());
    for (var cohort : export.byAge()) {
      cohort("age " + cohort.name(), cohort);
    }
    for (var cohort : export.bySupportLevel()) {
      cohort("support level " + cohort.name(), cohort);
    }
    for (var part : export.distributions()) {
      csv.printRecord(
          part.topic(),
          String.join(" ", part.scope()),
          part.category(),
          part.share(),
          "share",
          part.shareLow(),
          part.shareHigh(),
          part.children(),
          part.publishedAt());
    }
    for (var treatment : export.treatments()) {
      csv.printRecord(
          "treatment",
          SpreadsheetText.of(treatment.therapyType()),
          "effect",
          treatment.effectMean(),
          "points per week",
          treatment.effectLow(),
          treatment.effectHigh(),
          treatment.children(),
          treatment.publishedAt());
    }
    for (var insight : export.insights()) {
      csv.printRecord(
          "insight, " + insight.priority(),
          String.join(" ", insight.scope()),
          insight.insight(),
          insight.share(),
          "share",
          insight.shareLow(),
          insight.shareHigh(),
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
    csv.printRecord(
        Stream.of("cohort", of, figure, value, unit, null, null, children, publishedAt));
  }

  private static @Nullable Double mean(CohortFigures.@Nullable Spread spread) {
    return spread == null ? null : spread.mean();
  }
}
