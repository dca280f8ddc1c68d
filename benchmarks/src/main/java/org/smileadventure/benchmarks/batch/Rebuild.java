package org.smileadventure.benchmarks.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.services.BatchService;

/** All summaries of months from nothing: by the job's own threads, or by workers over Kafka. */
final class Rebuild {
  private static final String JOB = "backfill";
  private static final String STEP = "rebuild-months";

  private static final String GROUP = "smile-batch-workers";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Testbed testbed;
  private final Months months;
  private final BatchService service;

  /**
   * None so far.
   *
   * @param service with two threads
   */
  Rebuild(Testbed testbed, Months months, BatchService service) {
    this.testbed = testbed;
    this.months = months;
    this.service = service;
  }

  /** Fills in what a history has grown by, unmeasured. */
  void fill() {
    months.settle();
    service.measureUpTo("", months.sessions(), JOB, STEP);
  }

  /** The median of some rounds; the summaries are there afterwards. */
  Measured byThreads(int rounds) {
    var job = new ArrayList<Measured>();
    for (int round = 1; round <= rounds; round++) {
      job.add(fromNothing("full rebuild: job, 2 threads", service));
      System.out.printf("  round %d: %.1f s%n", round, job.getLast().seconds());
    }
    months.settle();
    return Measured.median(job);
  }

  /** One worker first, a process with one thread, then two. */
  List<Measured> byWorkers() {
    try (var manager = service("manager", Map.of("SMILE_BATCH_ROLE", "manager"));
        var first = worker(1);
        var second = worker(2);
        var kafka = Admin.create(Map.of("bootstrap.servers", testbed.stack().bootstrapServers()))) {
      manager.start();
      first.start();
      awaitShared(kafka, 1);
      var one = fromNothing("full rebuild: 1 remote worker", manager, first);
      second.start();
      awaitShared(kafka, 2);
      var two = fromNothing("full rebuild: 2 remote workers", manager, first, second);
      months.settle();
      System.out.printf("  1 worker %.1f s, 2 workers %.1f s%n", one.seconds(), two.seconds());
      return List.of(one, two);
    }
  }

  private Measured fromNothing(String contender, BatchService runner, BatchService... workers) {
    var expected = months.count();
    months.empty();
    var measured = runner.measureUpTo(contender, months.sessions(), JOB, STEP, workers);
    if (months.count() != expected) {
      throw new BenchmarkFailure(
          "%,d months expected, %,d found".formatted(expected, months.count()));
    }
    return measured;
  }

  private BatchService worker(int number) {
    return service(
        "worker-" + number, Map.of("SMILE_BATCH_ROLE", "worker", "SMILE_BATCH_THREADS", "1"));
  }

  private BatchService service(String name, Map<String, String> variables) {
    return new BatchService(testbed, name, variables, null);
  }

  /** One that comes to its share only later would have its requests wait for another. */
  private static void awaitShared(Admin kafka, int workers) {
    var begin = System.nanoTime();
    while (!isShared(kafka, workers)) {
      if (Clock.seconds(begin) > PATIENCE.toSeconds()) {
        throw new BenchmarkFailure("%d workers do not share %s".formatted(workers, GROUP));
      }
      Clock.pause(POLL);
    }
  }

  private static boolean isShared(Admin kafka, int workers) {
    try {
      var group = kafka.describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP);
      var members = Objects.requireNonNull(group).get().members();
      return members.size() == workers && members.stream().noneMatch(Rebuild::isIdle);
    } catch (ExecutionException e) {
      return false; // there is no such group yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailure("interrupted", e);
    }
  }

  private static boolean isIdle(MemberDescription member) {
    return member.assignment().topicPartitions().isEmpty();
  }
}
