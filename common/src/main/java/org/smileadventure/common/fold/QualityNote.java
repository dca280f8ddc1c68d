package org.smileadventure.common.fold;

import java.util.Locale;

/**
 * Something about a session that cannot be, an error, or that is odd, a warning. A figure that
 * rests on what an error contradicts is null: docs/metrics.md has the list.
 */
public enum QualityNote {
  /** The event that tells the start is lost, or has not come yet. */
  START_MISSING("error"),
  ENDED_BEFORE_START("error"),
  /** An event is told to be minutes before another that came before it. */
  CLOCK_WENT_BACK("error"),
  /** A day or more went by without a pause and without an event. */
  CLOCK_JUMPED("error"),
  LASTED_OVER_A_WEEK("error"),
  ACTIVE_OVER_A_DAY("error"),
  HELP_REQUESTS_EXCEED_INTERACTIONS("error"),
  SCORE_WITHOUT_INTERACTIONS("error"),
  PAUSES_EXCEED_DURATION("error"),
  RESPONSE_EXCEEDS_DURATION("error"),
  /** Nothing more can come of it: its events were forgotten before anybody told an end. */
  EVENTS_FORGOTTEN("error"),
  NO_LEVEL_COMPLETED("warning"),
  HINTS_EXCEED_HELP("warning"),
  /** The time in its id is of another month than its events. */
  ID_CONTRADICTS_TIMES("warning");

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
