package org.smileadventure.query.story;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Certainty;
import org.smileadventure.query.analytics.ChildAnalytics;
import org.smileadventure.query.words.Missing;

/**
 * How a child's window went, in the language that was asked for.
 *
 * @param sentences four: calm, progress, upsets, helps
 * @param next what could be tried, a sentence each
 * @param before as many days before; null: there is nothing before all days
 */
public record Story(
    long childId,
    String name,
    ChildAnalytics.Frame window,
    List<Sentence> sentences,
    List<String> next,
    @Nullable DaysBefore before,
    Instant computedAt) {

  /**
   * A sentence.
   *
   * @param topic calm, progress, upsets or helps
   * @param figure what it is about: a figure by its name, or triggers, strategies, support
   * @param why what it rests on, a sentence each
   * @param needed null: there is enough to tell
   */
  public record Sentence(
      String topic,
      String figure,
      Certainty certainty,
      String sentence,
      List<String> why,
      @Nullable Missing needed) {}

  public record DaysBefore(LocalDate from, LocalDate to) {}
}
