package org.smileadventure.common.service;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;

/** Has a service be the same wherever its machine stands, in what its libraries ask for too. */
public final class Anywhere {
  private Anywhere() {}

  /** To be called before anything else is. */
  public static void run() {
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    Locale.setDefault(Locale.ROOT);
  }
}
