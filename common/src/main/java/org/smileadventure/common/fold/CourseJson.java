package org.smileadventure.common.fold;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.fold.Course.Episode;
import org.smileadventure.common.fold.Course.Strategy;
import org.smileadventure.common.fold.Course.Trigger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes and reads a course as the document that is stored, value by value, as there are many. */
final class CourseJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MICROS_SCALE = 6;
  private static final int MILLIS_SCALE = 3;

  private CourseJson() {}

  static String write(Course course) {
    var text = new StringWriter(256);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      writeObject(json, "seconds", course.micros(), CourseJson::writeSeconds);
      if (course.first() != null) {
        json.writeStringProperty("first", course.first());
      }
      if (course.last() != null) {
        json.writeStringProperty("last", course.last());
      }
      writeObject(json, "transitions", course.transitions(), JsonGenerator::writeNumber);
      writeCount(json, "observations", course.observations());
      writeCount(json, "into_distress", course.intoDistress());
      writeObject(
          json,
          "triggers",
          course.triggers(),
          (to, trigger) -> writeArray(to, trigger.observations(), trigger.intoDistress()));
      writeObject(
          json,
          "strategies",
          course.strategies(),
          (to, strategy) ->
              writeArray(
                  to, strategy.uses(), strategy.effectivenessSum(), strategy.childInitiated()));
      writeEpisodes(json, course.episodes());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static <V> void writeObject(
      JsonGenerator json,
      String name,
      SortedMap<String, V> values,
      BiConsumer<JsonGenerator, V> write) {
    if (values.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart(name);
    values.forEach(
        (key, value) -> {
          json.writeName(key);
          write.accept(json, value);
        });
    json.writeEndObject();
  }

  private static void writeSeconds(JsonGenerator json, long micros) {
    writeDecimal(json, micros, MICROS_SCALE);
  }

  private static void writeDecimal(JsonGenerator json, long unscaled, int scale) {
    json.writeNumber(BigDecimal.valueOf(unscaled, scale).stripTrailingZeros().toPlainString());
  }

  private static void writeEpisodes(JsonGenerator json, List<Episode> episodes) {
    if (episodes.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("episodes");
    for (var episode : episodes) {
      json.writeStartArray();
      json.writeString(episode.trigger());
      if (episode.millis() == null) {
        json.writeNull();
      } else {
        writeDecimal(json, episode.millis(), MILLIS_SCALE);
      }
      episode.strategies().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void writeCount(JsonGenerator json, String name, int count) {
    if (count > 0) {
      json.writeNumberProperty(name, count);
    }
  }

  private static void writeArray(JsonGenerator json, int... numbers) {
    json.writeArray(numbers, 0, numbers.length);
  }

  static Course read(String text) {
    var micros = new TreeMap<String, Long>();
    var transitions = new TreeMap<String, Long>();
    var triggers = new TreeMap<String, Trigger>();
    var strategies = new TreeMap<String, Strategy>();
    var episodes = new ArrayList<Episode>();
    @Nullable String first = null;
    @Nullable String last = null;
    int observations = 0;
    int intoDistress = 0;
    try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      for (var key = json.nextName(); key != null; key = json.nextName()) {
        json.nextToken();
        switch (key) {
          case "seconds" -> readObject(json, micros, CourseJson::readMicros);
          case "first" -> first = json.getString();
          case "last" -> last = json.getString();
          case "transitions" -> readObject(json, transitions, JsonParser::getLongValue);
          case "observations" -> observations = json.getIntValue();
          case "into_distress" -> intoDistress = json.getIntValue();
          case "triggers" -> readObject(json, triggers, CourseJson::readTrigger);
          case "strategies" -> readObject(json, strategies, CourseJson::readStrategy);
          case "episodes" -> readEpisodes(json, episodes);
          default -> throw new IllegalArgumentException("a course has no '" + key + "'");
        }
      }
    }
    return new Course(
        micros,
        first,
        last,
        transitions,
        observations,
        intoDistress,
        triggers,
        strategies,
        episodes);
  }

  private interface Reader<V> {
    V read(JsonParser json);
  }

  private static <V> void readObject(
      JsonParser json, SortedMap<String, V> values, Reader<V> reader) {
    for (var key = json.nextName(); key != null; key = json.nextName()) {
      json.nextToken();
      values.put(key, reader.read(json));
    }
  }

  private static long readMicros(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Math.multiplyExact(json.getLongValue(), 1_000_000L)
        : json.getDecimalValue().movePointRight(MICROS_SCALE).longValueExact();
  }

  private static void readEpisodes(JsonParser json, List<Episode> episodes) {
    while (json.nextToken() == JsonToken.START_ARRAY) {
      var trigger = json.nextToken() == JsonToken.VALUE_NULL ? null : json.getString();
      var millis =
          json.nextToken() == JsonToken.VALUE_NULL
              ? null
              : Long.valueOf(json.getDecimalValue().movePointRight(MILLIS_SCALE).longValueExact());
      var strategies = new TreeSet<String>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        strategies.add(json.getString());
      }
      episodes.add(new Episode(trigger, millis, strategies));
    }
  }

  private static Trigger readTrigger(JsonParser json) {
    var trigger = new Trigger(json.nextIntValue(0), json.nextIntValue(0));
    json.nextToken();
    return trigger;
  }

  private static Strategy readStrategy(JsonParser json) {
    var strategy = new Strategy(json.nextIntValue(0), json.nextIntValue(0), json.nextIntValue(0));
    json.nextToken();
    return strategy;
  }
}
