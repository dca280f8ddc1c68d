package org.smileadventure.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, without a web server; closing it kills it. */
public final class BatchProcess implements AutoCloseable {
  private final Process process;

  private BatchProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param name by which PostgreSQL knows its connections
   * @param log to which it writes
   */
  public static BatchProcess start(
      String name, Path log, String databaseUrl, String... moreArguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    // A killed one cannot tidy up behind itself: where the build does.
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AnalyticsBatch.class.getName());
    command.add("--spring.main.web-application-type=none");
    command.add("--SMILE_DATABASE_URL=" + databaseUrl);
    command.add("--SMILE_DATABASE_USER=postgres");
    command.add("--spring.datasource.hikari.data-source-properties.ApplicationName=" + name);
    command.add("--logging.level.root=info");
    command.add("--logging.level.org.springframework.batch=info");
    command.addAll(List.of(moreArguments));
    try {
      return new BatchProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Process process() {
    return process;
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new AssertionError("it has not ended within two minutes");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  /** Kills it, as nothing can prevent or notice. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
