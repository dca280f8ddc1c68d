package org.smileadventure.common.population;

import java.util.Arrays;

/** After DSM-5, as far as it is told. */
public enum SupportLevel {
  ONE("1"),
  TWO("2"),
  THREE("3"),
  UNSPECIFIED("unspecified");

  private final String label;

  SupportLevel(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * The level of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SupportLevel ofLabel(String label) {
    return Arrays.stream(values())
        .filter(level -> level.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no support level '"
                        + label
                        + "'; the levels are "
                        + Arrays.stream(values()).map(SupportLevel::label).toList()));
  }
}
