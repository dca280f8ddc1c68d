package org.smileadventure.query.answer;

import org.jspecify.annotations.Nullable;

/** Text for a cell of a table. */
public final class SpreadsheetText {
  private SpreadsheetText() {}

  /** The text, so that a spreadsheet will not take it for a formula. */
  public static @Nullable String of(@Nullable String text) {
    return text != null && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }
}
