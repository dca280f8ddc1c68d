package org.smileadventure.web.page;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of several that a form offers. */
public record Choice(String value, String label) {
  private static final Pattern PLACE =
      Pattern.compile(
          "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+");
  private static final List<Choice> ZONES =
      Stream.concat(
              ZoneId.getAvailableZoneIds().stream()
                  .filter(zone -> PLACE.matcher(zone).matches())
                  .sorted(),
              Stream.of("UTC"))
          .map(zone -> new Choice(zone, zone.replace('_', ' ')))
          .toList();

  /** The time zones of the IANA database that are named for a place. */
  public static List<Choice> timeZones() {
    return ZONES;
  }
}
