package org.smileadventure.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The step that summarises the days that have changed, on a history that grows. */
final class Incremental {
  private static final String JOB = "nightly";
  private static final String STEP = "dirty-days";

  private final DirtyDays dirty;
  private final DaySummaries summaries;
  private final BatchService service;
  private final int rounds;

  Incremental(DirtyDays dirty, DaySummaries summaries, BatchService service, int rounds) {
    this.dirty = dirty;
    this.summaries = summaries;
    this.service = service;
    this.rounds = rounds;
  }

  /** Median of seconds, after as many rounds to warm up. */
  double measure() {
    var job = new ArrayList<Double>();
    warmUp();
    for (int round = 1; round <= rounds; round++) {
      job.add(round());
    }
    System.out.printf("  rounds: %s%n", text(job));
    return Median.of(job);
  }

  /**
   * Median of seconds of the step.
   *
   * @param refresh the same of materialised views of the same definitions
   */
  record Both(double job, double refresh) {}

  /** Both bring the same changes in, one after the other, so many times. */
  Both measureWithRefresh(int refreshes) {
    var job = new ArrayList<Double>();
    var refresh = new ArrayList<Double>();
    summaries.makeMaterialisedViews();
    for (int round = 1; round <= refreshes; round++) {
      job.add(round());
      refresh.add(summaries.refreshSeconds());
    }
    summaries.dropMaterialisedViews();
    System.out.printf("  rounds: %s; of the materialised views: %s%n", text(job), text(refresh));
    return new Both(Median.of(job), Median.of(refresh));
  }

  /** Until the service's connections have seen most of the pages that they will touch. */
  private void warmUp() {
    summaries.settle();
    for (int round = 1; round <= rounds; round++) {
      round();
    }
  }

  private double round() {
    var changed = dirty.change();
    summaries.checkpoint();
    var step = service.runUpTo(JOB, STEP);
    if (step.done() != changed) {
      throw new BenchmarkFailure(
          "%,d days changed, %,d summarised".formatted(changed, step.done()));
    }
    return step.seconds();
  }

  private static String text(List<Double> seconds) {
    return seconds.stream().map("%.2f s"::formatted).toList().toString();
  }
}
