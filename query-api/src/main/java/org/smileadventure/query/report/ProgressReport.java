package org.smileadventure.query.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.story.Story;

/**
 * How a child came along in a period, to be read by people. Everything in it is a figure of the
 * analytics, or follows from one by a rule.
 *
 * @param language of its sentences, as BCP 47 has it
 * @param sentences four: calm, progress, what upsets, what helps
 * @param next what could be done next, a sentence each
 * @param goingWell a sentence each, as the two after
 * @param lookAfter what may need somebody's attention
 * @param suggestions what could be tried
 * @param dataNotes what of the data is lost or contradicts itself
 */
record ProgressReport(
    long childId,
    String childName,
    int age,
    ChildAnalytics.Frame window,
    String language,
    List<Story.Sentence> sentences,
    List<String> next,
    List<Line> figures,
    List<String> goingWell,
    List<String> lookAfter,
    List<String> suggestions,
    List<String> dataNotes,
    Instant computedAt) {

  /** Whom it is about. */
  record Who(String name, int age) {}

  /**
   * A figure.
   *
   * @param value null: there is too little that it could rest on
   * @param n number of cases
   * @param trend null: it has none, or there is too little to tell
   * @param slopeLow of the change per week, as slopeHigh: the 95 % interval
   */
  record Line(
      String figure,
      @Nullable Double value,
      String unit,
      @Nullable Long n,
      Trend.@Nullable Direction trend,
      @Nullable Double slopePerWeek,
      @Nullable Double slopeLow,
      @Nullable Double slopeHigh) {}
}
