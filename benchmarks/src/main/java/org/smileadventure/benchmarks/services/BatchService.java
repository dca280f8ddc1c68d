package org.smileadventure.benchmarks.services;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.localstack.ApplicationServer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** The batch service as it is deployed, in a process of its own. */
public final class BatchService implements AutoCloseable {
  private static final String NAME = "analytics-batch";
  private static final String STEP =
      """
      SELECT extract(epoch FROM end_time - start_time)
      FROM batch_step_execution
      WHERE job_execution_id = :id AND step_name = :step AND status = 'COMPLETED'
      """;
  private static final String JOB =
      "SELECT status, exit_message FROM batch_job_execution WHERE job_execution_id = :id";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_RETRIES = 100;
  private static final int CONFLICT = 409;

  private final AdminToken admin = new AdminToken();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Testbed testbed;
  private final JdbcClient jdbc;
  private final ApplicationServer server;
  private final Path home;

  /** One that does its work in so many threads of its own. */
  public BatchService(Testbed testbed, int threads, @Nullable Path recording) {
    this(
        testbed,
        Integer.toString(threads),
        Map.of("SMILE_BATCH_THREADS", Integer.toString(threads)),
        recording);
  }

  /**
   * One that does not run yet.
   *
   * @param which tells it apart from others on the same servers
   * @param more of its variables
   * @param recording where Flight Recorder writes what it does; null: nowhere
   */
  public BatchService(
      Testbed testbed, String which, Map<String, String> more, @Nullable Path recording) {
    this.testbed = testbed;
    jdbc = JdbcClient.create(testbed.jdbc());
    home = testbed.directory(NAME + "-" + which);
    var variables = new HashMap<>(more);
    variables.put("SMILE_JWKS_URL", admin.jwksUrl());
    server = testbed.service(NAME, home, recording, List.of("-XX:+UseSerialGC"), variables);
  }

  /** Also migrates the database. */
  public void start() {
    server.start();
  }

  /** The most memory that its process ever took, where the system tells it. */
  public Optional<Long> peakMegabytes() {
    return Testbed.peakMegabytes(process());
  }

  private ProcessHandle process() {
    return Testbed.process(home.resolve(NAME + ".pid"));
  }

  /**
   * Runs a job to its end, and tells how long one of its steps took by the job's own clock.
   *
   * @param units of work that there are for it
   */
  public Measured measure(String contender, long units, String job, String step) {
    return measure(contender, units, job, step, List.of(), Run::awaitEnd);
  }

  /** The same, but the job does not go on after the step. */
  public Measured measureUpTo(
      String contender, long units, String job, String step, BatchService... workers) {
    return measure(contender, units, job, step, List.of(workers), Run::end);
  }

  /** Runs a job to its end, and tells what it took from its start to that. */
  public Measured measureWhole(String contender, long units, String job) {
    var before = testbed.used(process());
    var begin = System.nanoTime();
    var run = new Run(start(job));
    run.awaitEnd();
    return new Measured(
        contender, units, Clock.seconds(begin), testbed.used(process()).since(before));
  }

  private Measured measure(
      String contender,
      long units,
      String job,
      String step,
      List<BatchService> workers,
      Consumer<Run> rest) {
    var processes =
        Stream.concat(Stream.of(this), workers.stream())
            .map(BatchService::process)
            .toArray(ProcessHandle[]::new);
    var before = testbed.used(processes);
    var run = new Run(start(job));
    var seconds = run.await(step);
    var used = testbed.used(processes).since(before);
    rest.accept(run);
    return new Measured(contender, units, seconds, used);
  }

  private long start(String job) {
    var location = post(job + "/executions");
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  private String post(String path) {
    var request =
        HttpRequest.newBuilder(server.uri().resolve("/api/v1/jobs/" + path))
            .header("Authorization", "Bearer " + admin.sign())
            .POST(BodyPublishers.noBody())
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      // A run that has ended keeps the right to run the job for a moment longer.
      for (int i = 0; i < MOST_RETRIES && response.statusCode() == CONFLICT; i++) {
        Clock.pause(POLL);
        response = http.send(request, BodyHandlers.ofString());
      }
      if (response.statusCode() >= 300) {
        throw new BenchmarkFailure(
            "POST %s: %d %s".formatted(path, response.statusCode(), response.body()));
      }
      return response.headers().firstValue("Location").orElse("");
    } catch (IOException e) {
      throw new BenchmarkFailure("POST " + path + ": no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  /** One run of a job. */
  private final class Run {
    private final long id;

    Run(long id) {
      this.id = id;
    }

    /** Has it not go on. */
    void end() {
      post("executions/" + id + "/stop");
      if (!awaitAnyEnd().equals("COMPLETED")) {
        post("executions/" + id + "/abandon");
      }
    }

    /** The seconds of a step, once it is completed. */
    double await(String name) {
      while (true) {
        var found =
            jdbc.sql(STEP).param("id", id).param("step", name).query(Double.class).optional();
        if (found.isPresent()) {
          return found.get();
        }
        var status = status();
        if (!isUnderWay(status)) {
          throw failure(status);
        }
        Clock.pause(POLL);
      }
    }

    void awaitEnd() {
      var status = awaitAnyEnd();
      if (!status.equals("COMPLETED")) {
        throw failure(status);
      }
    }

    private String awaitAnyEnd() {
      var status = status();
      while (isUnderWay(status)) {
        Clock.pause(POLL);
        status = status();
      }
      return status;
    }

    private String status() {
      return jdbc.sql(JOB).param("id", id).query((row, _) -> row.getString("status")).single();
    }

    private BenchmarkFailure failure(String status) {
      var message =
          jdbc.sql(JOB).param("id", id).query((row, _) -> row.getString("exit_message")).single();
      return new BenchmarkFailure(
          "run %d is %s: %s; see %s"
              .formatted(id, status, StringUtils.truncate(message, 200), home));
    }
  }

  private static boolean isUnderWay(String status) {
    return List.of("STARTING", "STARTED", "STOPPING").contains(status);
  }

  @Override
  public void close() {
    server.close();
    http.close();
    admin.close();
  }
}
