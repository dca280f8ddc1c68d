package org.smileadventure.common.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of the contract demand of their components. A component that is missing is in
 * order here; the type of the record says whether it may be.
 */
final class Check {
  private static final int MAX_TEXTS = 50;
  private static final int MAX_LENGTH_OF_ONE = 100;
  private static final String WIDE_SPACES =
      "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
          + "\u2028\u2029\u202f\u205f\u3000\ufeff";

  private Check() {}

  static void range(String field, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw refusal(field, "must be from " + min + " to " + max);
    }
  }

  static void text(String field, @Nullable String value, int max) {
    // A character outside the basic plane counts as one, as it does in JSON Schema and PostgreSQL.
    if (value != null && value.length() > max && value.codePointCount(0, value.length()) > max) {
      throw refusal(field, "must have at most " + max + " characters");
    }
  }

  static void notBlank(String field, String value, int max) {
    that(!isBlank(value), field, "must not be blank");
    text(field, value, max);
  }

  /** What JavaScript, and so JSON Schema, calls white space; {@code isBlank} knows other ones. */
  static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!(c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0xa0 && WIDE_SPACES.indexOf(c) >= 0))) {
        return false;
      }
    }
    return true;
  }

  static void texts(String field, @Nullable List<String> values) {
    if (values != null) {
      if (values.size() > MAX_TEXTS) {
        throw refusal(field, "must have at most " + MAX_TEXTS + " texts");
      }
      values.forEach(value -> notBlank(field, value, MAX_LENGTH_OF_ONE));
    }
  }

  static void that(boolean holds, String field, String demand) {
    if (!holds) {
      throw refusal(field, demand);
    }
  }

  private static IllegalArgumentException refusal(String field, String demand) {
    return new IllegalArgumentException(field + " " + demand);
  }
}
