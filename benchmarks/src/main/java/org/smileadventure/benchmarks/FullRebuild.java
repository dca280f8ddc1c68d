package org.smileadventure.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All summaries of all days from nothing: one bare statement for each, and the job, in turns. */
final class FullRebuild {
  static final String JOB = "backfill";
  static final String STEP = "rebuild-days";

  private final DaySummaries summaries;
  private final BatchService oneThread;
  private final BatchService twoThreads;

  FullRebuild(DaySummaries summaries, BatchService oneThread, BatchService twoThreads) {
    this.summaries = summaries;
    this.oneThread = oneThread;
    this.twoThreads = twoThreads;
  }

  /**
   * Medians of seconds.
   *
   * @param bareDaily of them for the summary of the day as a whole
   */
  record Result(double bare, double bareDaily, double oneThread, double twoThreads) {}

  /** Leaves the job's summaries filled, and those that were inserted barely dropped. */
  Result measure(int rounds) {
    var bare = new ArrayList<Double>();
    var bareDaily = new ArrayList<Double>();
    var one = new ArrayList<Double>();
    var two = new ArrayList<Double>();
    List<Runnable> contenders =
        new ArrayList<>(
            List.of(
                () -> {
                  summaries.emptyBare();
                  var seconds = summaries.insertBarely();
                  bare.add(seconds.stream().mapToDouble(Double::doubleValue).sum());
                  bareDaily.add(seconds.getFirst());
                },
                () -> one.add(jobSeconds(oneThread)),
                () -> two.add(jobSeconds(twoThreads))));
    for (int round = 1; round <= rounds; round++) {
      contenders.forEach(Runnable::run);
      System.out.printf(
          "  round %d: bare %.1f s, job with 1 thread %.1f s, with 2 %.1f s%n",
          round, bare.getLast(), one.getLast(), two.getLast());
      summaries.compare();
      Collections.reverse(contenders);
    }
    summaries.dropBare();
    summaries.settle();
    return new Result(Median.of(bare), Median.of(bareDaily), Median.of(one), Median.of(two));
  }

  private double jobSeconds(BatchService service) {
    summaries.emptyOurs();
    return service.runUpTo(JOB, STEP).seconds();
  }
}
