package org.smileadventure.benchmarks.batch;

import java.util.ArrayList;
import java.util.List;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.services.BatchService;

/** The step that summarises the months that have changed, on a history that grows. */
final class Incremental {
  private final DirtyMonths dirty;
  private final Months months;
  private final BatchService service;
  private final int rounds;

  Incremental(DirtyMonths dirty, Months months, BatchService service, int rounds) {
    this.dirty = dirty;
    this.months = months;
    this.service = service;
    this.rounds = rounds;
  }

  /** The median of some rounds, after as many to warm up. */
  Measured measure(String size) {
    months.settle();
    // Until the service's connections have seen most of the pages that they will touch.
    for (int round = 1; round <= rounds; round++) {
      round(size);
    }
    var job = new ArrayList<Measured>();
    for (int round = 1; round <= rounds; round++) {
      job.add(round(size));
    }
    return told(job);
  }

  /** Both bring the same changes in, one after the other, so many times: the job, and a view. */
  List<Measured> measureWithRefresh(int refreshes) {
    var job = new ArrayList<Measured>();
    var view = new ArrayList<Measured>();
    months.makeView();
    for (int round = 1; round <= refreshes; round++) {
      job.add(round("beside the view"));
      view.add(months.refreshView(dirty.months()));
    }
    months.dropView();
    return List.of(told(job), told(view));
  }

  private Measured round(String size) {
    dirty.change();
    months.checkpoint();
    var step =
        service.measureUpTo("1 % dirty: job, " + size, dirty.months(), "nightly", "dirty-months");
    if (months.dirty() != 0) {
      throw new BenchmarkFailure("%,d months are still dirty".formatted(months.dirty()));
    }
    return step;
  }

  private static Measured told(List<Measured> rounds) {
    System.out.printf(
        "  %s: %s%n",
        rounds.getFirst().contender(),
        rounds.stream().map(round -> "%.2f s".formatted(round.seconds())).toList());
    return Measured.median(rounds);
  }
}
