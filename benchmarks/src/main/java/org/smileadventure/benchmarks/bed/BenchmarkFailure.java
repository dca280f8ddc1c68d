package org.smileadventure.benchmarks.bed;

/** Why a measurement cannot go on, in one line. */
public final class BenchmarkFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchmarkFailure(String message) {
    super(message);
  }

  public BenchmarkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
