package org.smileadventure.benchmarks;

/** Why a measurement cannot go on, in one line. */
final class BenchmarkFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchmarkFailure(String message) {
    super(message);
  }

  BenchmarkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
