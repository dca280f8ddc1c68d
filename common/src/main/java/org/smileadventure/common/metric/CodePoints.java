package org.smileadventure.common.metric;

import java.util.Arrays;
import java.util.Comparator;

/** The order of names: by their code points, as a String's own order is only for most of them. */
final class CodePoints {
  static final Comparator<String> ORDER =
      Comparator.comparing(name -> name.codePoints().toArray(), Arrays::compare);

  private CodePoints() {}
}
