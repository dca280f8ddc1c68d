package org.smileadventure.web;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Shows what the API answers as pages. */
@SpringBootApplication
public class WebPages {
  public static void main(String[] arguments) {
    // What a page shows follows from who looks at it, never from where it is made.
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    Locale.setDefault(Locale.ROOT);
    SpringApplication.run(WebPages.class, arguments);
  }
}
