package org.smileadventure.web.family;

import java.util.List;
import org.smileadventure.web.page.Choice;
import org.smileadventure.web.page.Form;

/** The page on which a parent adds a child. */
public record NewChildPage(Form form) {
  /** Of the words that stand beside each consent. Who changes them changes it. */
  static final String TEXT_VERSION = "2026-01";

  /**
   * What a parent says yes or no to while adding the child. The rest is asked on the family page;
   * sharing is for each professional.
   */
  static final List<String> PURPOSES =
      List.of("play_analytics", "population_figures", "research_export");

  public List<Choice> zones() {
    return Choice.timeZones();
  }

  public List<String> purposes() {
    return PURPOSES;
  }
}
