package org.smileadventure.web.child;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days that an answer is about, where the child lives.
 *
 * @param from null: from the first one on
 */
public record Window(String name, @Nullable LocalDate from, LocalDate to, String timeZone) {
  /** The one that is shown if nothing is said. */
  public static final String USUAL = "30d";
}
