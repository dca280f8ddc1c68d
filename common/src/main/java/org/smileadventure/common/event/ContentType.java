package org.smileadventure.common.event;

import static java.util.Locale.ROOT;

import java.util.regex.Pattern;

/**
 * What a content type says of that which comes with it. It has no case, and may have parameters, of
 * which only the character set matters.
 */
public enum ContentType {
  /** {@code application/json}, {@code text/json}, and whatever ends in {@code +json}. */
  JSON,
  /** {@code application/cloudevents+json}: an event that is all in the body. */
  EVENT,
  /** {@code application/cloudevents-batch+json}. */
  EVENTS,
  /** Another one, or in another character set than UTF-8. */
  UNKNOWN;

  private static final String TOKEN = "[-!#$%&'*+.^_`|~0-9A-Za-z]+";
  private static final Pattern FORM =
      Pattern.compile("\\s*(" + TOKEN + ")/(" + TOKEN + ")\\s*((?:;.*)?)", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*;\\s*(?:(" + TOKEN + ")\\s*=\\s*(" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*\")\\s*)?");
  private static final int MAX_LENGTH = 1_000;

  /** Reads the value of a header or of {@code datacontenttype}. */
  public static ContentType of(String text) {
    var whole = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !whole.matches() || !isUtf8(whole.group(3))) {
      return UNKNOWN;
    }
    var type = whole.group(1).toLowerCase(ROOT);
    var subtype = whole.group(2).toLowerCase(ROOT);
    if (type.equals("application") && subtype.startsWith("cloudevents")) {
      return switch (subtype) {
        case "cloudevents+json" -> EVENT;
        case "cloudevents-batch+json" -> EVENTS;
        default -> UNKNOWN;
      };
    }
    return subtype.equals("json") || subtype.endsWith("+json") ? JSON : UNKNOWN;
  }

  private static boolean isUtf8(String parameters) {
    var parameter = PARAMETER.matcher(parameters);
    var end = 0;
    while (parameter.find(end) && parameter.start() == end) {
      end = parameter.end();
      var isCharset = "charset".equalsIgnoreCase(parameter.group(1));
      if (isCharset && !parameter.group(2).matches("(?i)\"?utf-?8\"?")) {
        return false;
      }
      if (end == parameters.length()) {
        return true;
      }
    }
    return parameters.isEmpty();
  }
}
