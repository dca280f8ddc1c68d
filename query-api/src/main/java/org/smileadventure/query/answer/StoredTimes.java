package org.smileadventure.query.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads days and times as PostgreSQL writes them into JSON, of any year: one of more than four
 * digits has no sign there, and one before the first ends with BC. A row that has such a year is
 * shown as all others are.
 */
@Component
class StoredTimes extends SimpleModule {
  private static final long serialVersionUID = 1;

  StoredTimes() {
    addDeserializer(LocalDate.class, new Day());
    addDeserializer(Instant.class, new Moment());
  }

  /** As Java writes it. */
  private static String signed(String text) {
    if (text.endsWith(" BC")) {
      var year = Integer.parseInt(text.substring(0, text.indexOf('-')));
      return "%s%04d%s"
          .formatted(
              year == 1 ? "" : "-", year - 1, text.substring(text.indexOf('-'), text.length() - 3));
    }
    return text.matches("\\d{5,}-.*") ? "+" + text : text;
  }

  private static final class Day extends StdDeserializer<LocalDate> {
    Day() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context) {
      var text = json.getString();
      try {
        return LocalDate.parse(signed(text));
      } catch (DateTimeException | NumberFormatException _) {
        return switch (text) {
          case "infinity" -> LocalDate.MAX;
          case "-infinity" -> LocalDate.MIN;
          default -> (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "no day");
        };
      }
    }
  }

  private static final class Moment extends StdDeserializer<Instant> {
    Moment() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
      var text = json.getString();
      try {
        return OffsetDateTime.parse(signed(text)).toInstant();
      } catch (DateTimeException | NumberFormatException _) {
        return switch (text) {
          case "infinity" -> OffsetDateTime.MAX.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
          case "-infinity" -> OffsetDateTime.MIN.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
          default -> (Instant) context.handleWeirdStringValue(Instant.class, text, "no time");
        };
      }
    }
  }
}
