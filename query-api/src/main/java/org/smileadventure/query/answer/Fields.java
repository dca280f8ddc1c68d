package org.smileadventure.query.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of an answer: names separated by commas, a field within another as {@code score.trend}.
 * What is named in a list is taken of each of its elements.
 */
public final class Fields {
  private static final int MOST_CHARACTERS = 1_000;

  private final @Nullable Fields whole;
  private final String text;
  private final Map<String, @Nullable Fields> names = new LinkedHashMap<>();

  private Fields(@Nullable Fields whole, String text) {
    this.whole = whole;
    this.text = text;
  }

  /**
   * The fields that a parameter names.
   *
   * @throws BadParameterException if it is not a list of names
   */
  public static Fields parse(String text) {
    return parse(null, text);
  }

  /** These, of what is left of an answer by the others. */
  Fields within(Fields others) {
    return parse(others, text);
  }

  private static Fields parse(@Nullable Fields whole, String text) {
    if (text.length() > MOST_CHARACTERS
        || !text.matches("[a-z0-9_]+(\\.[a-z0-9_]+)*(,[a-z0-9_]+(\\.[a-z0-9_]+)*)*")) {
      throw new BadParameterException(
          "fields", "names of fields of the answer, as score.trend,totals", text);
    }
    var all = new Fields(whole, text);
    for (var path : text.split(",", -1)) {
      all.add(path);
    }
    return all;
  }

  private void add(String path) {
    var dot = path.indexOf('.');
    var name = dot < 0 ? path : path.substring(0, dot);
    if (dot < 0 || (names.containsKey(name) && names.get(name) == null)) {
      names.put(name, null);
    } else {
      var within = names.computeIfAbsent(name, _ -> new Fields(null, text));
      if (within != null) {
        within.add(path.substring(dot + 1));
      }
    }
  }

  /**
   * The answer without its other fields. Changes it in place.
   *
   * @throws BadParameterException if it has no field of such a name
   */
  public JsonNode of(JsonNode answer) {
    if (whole != null) {
      whole.of(answer);
    }
    if (answer instanceof ObjectNode object) {
      names.forEach(
          (name, within) -> {
            var value = object.get(name);
            if (value == null) {
              throw new BadParameterException(
                  "fields", "names of fields of the answer, and it has no '" + name + "'", text);
            }
            if (within != null) {
              within.of(value);
            }
          });
      object.retain(names.keySet());
    } else {
      answer.forEach(this::of);
    }
    return answer;
  }

  @Override
  public String toString() {
    return whole == null ? text : whole + ":" + text;
  }
}
