package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodePointsTest {
  private static final List<String> NAMES =
      List.of(
          "", "a", "ab", "b", "é", "\uE000", "\uFFFD", "😀", "😀a", "😁", "a😀", "a\uFFFD",
          "\uD7FF");

  @Test
  void orderIsThatOfTheArraysOfCodePoints() {
    for (var one : NAMES) {
      for (var other : NAMES) {
        assertThat(Integer.signum(CodePoints.ORDER.compare(one, other)))
            .as("%s, %s", one, other)
            .isEqualTo(
                Integer.signum(
                    Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray())));
      }
    }
  }
}
