package org.smileadventure.benchmarks.bed;

import java.util.List;

/** The middle of a few values. */
public final class Median {
  private Median() {}

  public static double of(List<Double> values) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
