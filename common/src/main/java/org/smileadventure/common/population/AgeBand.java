package org.smileadventure.common.population;

import java.util.Arrays;

/** In years, both ends in it; as {@code age_band} in the database. */
public enum AgeBand {
  UP_TO_3("0-3"),
  FROM_4_TO_6("4-6"),
  FROM_7_TO_12("7-12"),
  FROM_13_TO_18("13-18"),
  FROM_19("19+");

  private final String label;

  AgeBand(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * The band of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AgeBand ofLabel(String label) {
    return Arrays.stream(values())
        .filter(band -> band.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no age band '"
                        + label
                        + "'; the bands are "
                        + Arrays.stream(values()).map(AgeBand::label).toList()));
  }
}
