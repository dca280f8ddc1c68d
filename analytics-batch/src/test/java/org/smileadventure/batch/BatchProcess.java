package org.smileadventure.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.localstack.LocalStack;

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
    var arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--SMILE_DATABASE_URL=" + LocalStack.loginAs("smile_batch", databaseUrl),
                "--SMILE_DATABASE_USER=smile_batch",
                "--spring.datasource.hikari.data-source-properties.ApplicationName=" + name,
                "--logging.level.root=info",
                "--logging.level.org.springframework.batch=info"));
    arguments.addAll(List.of(moreArguments));
    return new BatchProcess(JavaProcess.start(AnalyticsBatch.class, arguments, log));
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
    JavaProcess.kill(process);
  }
}
