package org.smileadventure.common.metric;

import java.util.Comparator;

/** The order of names: by their code points, as a String's own order is only for most of them. */
final class CodePoints {
  static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  /**
   * Where one has a character beyond the first 65,536 and the other one within, that is greater.
   */
  private static int compare(String one, String other) {
    var length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      var a = one.charAt(i);
      var b = other.charAt(i);
      if (a != b) {
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
