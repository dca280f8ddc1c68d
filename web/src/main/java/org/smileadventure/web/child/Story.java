package org.smileadventure.web.child;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a child's window went, in the language of the page.
 *
 * @param next what to try, a sentence each
 */
public record Story(Window window, List<Sentence> sentences, List<String> next) {

  /**
   * A sentence.
   *
   * @param topic calm, progress, upsets or helps
   * @param figure what it is about: a figure by its name, or triggers, strategies, support
   * @param certainty clear, likely, unclear or too_early
   * @param why what it rests on, a sentence each
   */
  public record Sentence(
      String topic,
      String figure,
      String certainty,
      String sentence,
      List<String> why,
      @Nullable Needed needed) {

    /** Whether what was looked for, as what upsets, was not found. */
    public boolean isNothingClear() {
      return certainty.equals("unclear") && (topic.equals("upsets") || topic.equals("helps"));
    }

    /** Where more of it stands, below the child's own page. */
    public String more() {
      return switch (figure) {
        case "triggers", "strategies" -> "feelings";
        case "support" -> "times";
        default -> "figures/" + figure;
      };
    }
  }
}
