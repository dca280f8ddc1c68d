package org.smileadventure.benchmarks.crowd;

import java.net.http.HttpRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Load;
import org.smileadventure.benchmarks.services.QueryService;

/** What became of many requests, which are sent side by side from the moment it is made. */
final class Tally {
  private static final double SLOW_SECONDS = 1;

  private final long begun = System.nanoTime();
  private final LongAdder hits = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong lastBad = new AtomicLong(begun);

  /** 200 and 503 are counted; all else is a failure of the measurement. */
  void ask(QueryService service, HttpRequest request) {
    var sent = System.nanoTime();
    var response = service.ask(request);
    switch (response.statusCode()) {
      case 200 -> {
        var hit = response.headers().firstValue("Cache-Status").orElse("").endsWith("hit");
        (hit ? hits : others).increment();
      }
      case 503 -> refused.increment();
      default -> throw new BenchmarkFailure(request.uri() + ": " + response.statusCode());
    }
    if (response.statusCode() != 200 || Clock.seconds(sent) > SLOW_SECONDS) {
      lastBad.accumulateAndGet(System.nanoTime(), Math::max);
    }
  }

  long refused() {
    return refused.sum();
  }

  /** From the beginning to the last answer that was refused or took longer than promised. */
  double wellAgainSeconds() {
    return (lastBad.get() - begun) / 1e9;
  }

  void tell(Load.Taken taken) {
    System.out.printf(
        "  %,d hits, %,d computed, %,d refused; median %.1f ms, p95 %.0f ms, p99 %.0f ms;"
            + " the last one that was refused or took a second came after %.1f s%n",
        hits.sum(),
        others.sum(),
        refused.sum(),
        taken.medianMillis(),
        taken.p95Millis(),
        taken.p99Millis(),
        wellAgainSeconds());
  }
}
