package org.smileadventure.benchmarks.bed;

import java.nio.file.Path;

/** Where measurements find what {@code ./smile} has prepared, and leave their logs. */
public final class Home {
  private static final Path SCRATCH = Path.of(".smile").toAbsolutePath();

  private Home() {}

  /** Where the servers of a measurement live; thrown away after it. */
  public static Path directory(String measurement) {
    return SCRATCH.resolve("bench").resolve(measurement);
  }

  public static Path binaries() {
    return SCRATCH.resolve("bin");
  }

  /** The services' unpacked jars. */
  public static Path services() {
    return SCRATCH.resolve("services");
  }

  /** What Debezium's sink needs. */
  public static Path debezium() {
    return SCRATCH.resolve("debezium");
  }
}
