package org.smileadventure.web.operations;

import org.smileadventure.web.page.Page;

/** Times and sizes in the unit in which one thinks of them. */
public final class Amounts {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;
  private static final double STEP = 1_024;
  private static final String[] SIZES = {"kb", "mb", "gb", "tb"};

  private Amounts() {}

  /** As 45 s, 3 min, 5 h or 2 days: of two of a unit on. */
  public static String span(Page page, double seconds) {
    if (seconds < 2 * MINUTE) {
      return page.text("operations.span-s", "n", seconds);
    }
    if (seconds < 2 * HOUR) {
      return page.text("operations.span-min", "n", seconds / MINUTE);
    }
    return seconds < 2 * DAY
        ? page.text("operations.span-h", "n", seconds / HOUR)
        : page.text("operations.span-d", "n", seconds / DAY);
  }

  /** As 8 kB or 3.1 GB. */
  public static String size(Page page, long bytes) {
    var size = bytes / STEP;
    var unit = 0;
    while (size >= STEP && unit < SIZES.length - 1) {
      size /= STEP;
      unit++;
    }
    return page.text("operations.size-" + SIZES[unit], "n", size);
  }

  public static String number(Page page, double number) {
    return page.text("operations.number", "n", number);
  }
}
