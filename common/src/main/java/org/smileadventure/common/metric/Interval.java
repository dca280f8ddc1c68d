package org.smileadventure.common.metric;

/** Where a figure lies with a confidence of 95 %; one point if there is no doubt. */
public record Interval(double low, double high) {

  static Interval around(double value, double margin) {
    return new Interval(value - margin, value + margin);
  }

  boolean leavesOut(double value) {
    return value < low || value > high;
  }
}
