package org.smileadventure.query.words;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Needed;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;

/**
 * What is missing before something can be told.
 *
 * @param n how many more cases
 * @param days on how many more days; 0: on whatever days
 * @param by when it will be there, if the child goes on as lately; null: nobody can tell
 */
public record Missing(long n, long days, @Nullable LocalDate by, String sentence) {
  private static final Messages TEXTS = Messages.beside(Missing.class, "missing");

  /** For the trend of a figure. */
  public static Missing of(Language language, Needed needed) {
    return of(language, "sessions", needed.n(), needed.days(), needed.by());
  }

  /**
   * Of cases that may be on whatever days.
   *
   * @param cases sightings, or episodes
   */
  static Missing ofCases(Language language, String cases, long n) {
    return of(language, cases, n, 0, null);
  }

  /** Of sessions before a phase and in it. */
  public static Missing ofPhases(Language language, long before, long during) {
    var sentences = new ArrayList<String>();
    if (before > 0) {
      sentences.add(TEXTS.text(language, "phase_before", Map.of("n", before)));
    }
    if (during > 0) {
      sentences.add(TEXTS.text(language, "phase_during", Map.of("n", during)));
    }
    return new Missing(before + during, 0, null, String.join(" ", sentences));
  }

  private static Missing of(
      Language language, String cases, long n, long days, @Nullable LocalDate by) {
    var arguments = new HashMap<String, Object>();
    arguments.put("n", n);
    arguments.put("days", days);
    var sentence = new StringBuilder(TEXTS.text(language, cases, arguments));
    if (by != null) {
      arguments.put("by", by);
      sentence.append(' ').append(TEXTS.text(language, "by", arguments));
    }
    return new Missing(n, days, by, sentence.toString());
  }
}
