package org.smileadventure.web.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;

/** Days and times as people of a language write them, where the child lives. */
public record Dates(Language language, ZoneId zone) {
  private static final Messages FORMS = Messages.beside(Dates.class, "dates");

  /** As 3 May 2026. */
  public String day(LocalDate day) {
    return FORMS.text(language, "day", Map.of("day", day));
  }

  public String day(Instant moment) {
    return day(LocalDate.ofInstant(moment, zone));
  }

  /** Without the year, where it is plain: 3 May. */
  public String shortDay(LocalDate day) {
    return FORMS.text(language, "short-day", Map.of("day", day));
  }

  /** As 3 May 2026, 16:05. */
  public String time(Instant moment) {
    var there = ZonedDateTime.ofInstant(moment, zone).toLocalDateTime();
    return FORMS.text(language, "time", Map.of("time", there));
  }

  /** As 3 May 2026, 16:05:09. */
  public String second(Instant moment) {
    var there = ZonedDateTime.ofInstant(moment, zone).toLocalDateTime();
    return FORMS.text(language, "second", Map.of("time", there));
  }

  /** As 16:05. */
  public String clock(Instant moment) {
    var there = ZonedDateTime.ofInstant(moment, zone).toLocalTime();
    return FORMS.text(language, "clock", Map.of("time", there));
  }
}
