package org.smileadventure.common.fold;

import java.util.Locale;

/** Something about a session that cannot be, an error, or that is odd, a warning. */
public enum QualityNote {
  HELP_REQUESTS_EXCEED_INTERACTIONS("error"),
  SCORE_WITHOUT_INTERACTIONS("error"),
  PAUSES_EXCEED_DURATION("error"),
  NO_LEVEL_COMPLETED("warning"),
  HINTS_EXCEED_HELP("warning");

  private final String severity;

  QualityNote(String severity) {
    this.severity = severity;
  }

  public String rule() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String severity() {
    return severity;
  }
}
