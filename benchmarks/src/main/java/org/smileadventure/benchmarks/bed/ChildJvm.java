package org.smileadventure.benchmarks.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, which ends with this one at the latest. */
public final class ChildJvm implements AutoCloseable {
  private static final int GRACE_SECONDS = 20;

  private final Process process;
  private final Path log;
  private final Thread exitHook;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    exitHook = new Thread(process::destroyForcibly, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(exitHook);
  }

  /**
   * Starts it.
   *
   * @param home for its temporary files and its log
   * @param arguments options of the JVM, the main class, its arguments
   */
  public static ChildJvm start(Path home, List<String> arguments) {
    var temporary = home.resolve("tmp");
    var log = home.resolve(home.getFileName() + ".log");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=" + home.resolve("hs_err_%p.log"),
            "-Djava.io.tmpdir=" + temporary,
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(arguments);
    try {
      Files.createDirectories(temporary);
      return new ChildJvm(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  public Path log() {
    return log;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException exiting) {
      // the hook finds nothing to do
    }
  }
}
