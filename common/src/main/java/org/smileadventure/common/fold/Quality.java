package org.smileadventure.common.fold;

import java.util.Locale;

/** How much of a session is known. */
public enum Quality {
  /** Every event up to the last one that came. */
  COMPLETE,
  /** Some of the events are lost, or at least the start. */
  PARTIAL,
  /** Its start is told, and its end is not. */
  MINIMAL;

  /** The name in the column {@code session_data_quality}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
