package org.smileadventure.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * All summaries of all days from nothing, by a manager that has workers do it over Kafka, each a
 * process with one thread: one worker first, then two.
 */
final class RemoteRebuild {
  private static final String GROUP = "smile-batch-workers";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Testbed testbed;
  private final Path jars;
  private final DaySummaries summaries;

  RemoteRebuild(Testbed testbed, Path jars, DaySummaries summaries) {
    this.testbed = testbed;
    this.jars = jars;
    this.summaries = summaries;
  }

  /** Seconds. */
  record Result(double oneWorker, double twoWorkers) {}

  Result measure() {
    try (var manager = service("manager", Map.of("SMILE_BATCH_ROLE", "manager"));
        var first = worker(1);
        var second = worker(2);
        var kafka = Admin.create(Map.of("bootstrap.servers", testbed.stack().bootstrapServers()))) {
      manager.start();
      first.start();
      awaitShared(kafka, 1);
      var one = seconds(manager);
      second.start();
      awaitShared(kafka, 2);
      var two = seconds(manager);
      summaries.settle();
      System.out.printf("  1 worker %.1f s, 2 workers %.1f s%n", one, two);
      return new Result(one, two);
    }
  }

  private double seconds(BatchService manager) {
    summaries.emptyOurs();
    return manager.runUpTo(FullRebuild.JOB, FullRebuild.STEP).seconds();
  }

  private BatchService worker(int number) {
    return service(
        "worker-" + number, Map.of("SMILE_BATCH_ROLE", "worker", "SMILE_BATCH_THREADS", "1"));
  }

  private BatchService service(String name, Map<String, String> variables) {
    return new BatchService(testbed, jars, name, variables, null);
  }

  /** One that comes to its share only later would have its requests wait for another. */
  private static void awaitShared(Admin kafka, int workers) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isShared(kafka, workers)) {
      if (System.nanoTime() > deadline) {
        throw new BenchmarkFailure("%d workers do not share %s".formatted(workers, GROUP));
      }
      BatchService.pause(POLL);
    }
  }

  private static boolean isShared(Admin kafka, int workers) {
    try {
      var group = kafka.describeConsumerGroups(List.of(GROUP)).describedGroups().get(GROUP);
      var members = Objects.requireNonNull(group).get().members();
      return members.size() == workers && members.stream().noneMatch(RemoteRebuild::isIdle);
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
