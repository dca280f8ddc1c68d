package org.smileadventure.benchmarks.batch;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.benchmarks.play.OriginWay;
import org.smileadventure.benchmarks.play.PlayHistory;
import org.smileadventure.benchmarks.services.BatchService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What it takes to compute summaries: all of them from nothing, against the database at its barest
 * and the origin's way; and those of what has changed, on a history that grows.
 */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description =
        "Sessions to summaries, against bare reading and writing, REFRESH MATERIALIZED VIEW"
            + " CONCURRENTLY and loading all rows.")
public final class BatchRate implements Callable<Integer> {
  private static final double BAR_REBUILD = 0.5;
  private static final double BAR_WINDOWS = 0.35;
  private static final double BAR_GROWTH = 1.1;
  private static final double BAR_MATVIEW = 5;
  private static final double BAR_ORIGIN = 0.9;
  private static final double BAR_RECONCILE = 0.6;
  private static final int YEAR = 365;
  private static final int DAYS_A_MONTH = 30;

  @Option(names = "--children", description = "who play (default: ${DEFAULT-VALUE})")
  private int children = 20_000;

  @Option(
      names = "--sessions",
      description = "at least, of all of the history (default: ${DEFAULT-VALUE})")
  private int sessions = 1_000_000;

  @Option(names = "--days", description = "that it lies in (default: ${DEFAULT-VALUE})")
  private int days = 365;

  @Option(
      names = "--rounds",
      description = "of summarising 1 %% of the months, and to warm up (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(
      names = "--refreshes",
      description = "rounds of refreshing the materialised view (default: ${DEFAULT-VALUE})")
  private int refreshes = 3;

  @Option(names = "--rebuilds", description = "rounds of full rebuilds (default: ${DEFAULT-VALUE})")
  private int rebuilds = 1;

  @Option(
      names = "--buffers",
      paramLabel = "MEGABYTES",
      description = "of PostgreSQL (default: ${DEFAULT-VALUE})")
  private int buffers = 2048;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "let Flight Recorder write what the service does")
  private @Nullable Path recording;

  private final Clock clock = new Clock();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("batch", buffers);
        var service = new BatchService(testbed, 2, recording)) {
      service.start();
      measure(testbed, service);
    }
    return 0;
  }

  private void measure(Testbed testbed, BatchService service) {
    var players = Testbed.makeChildren(testbed.jdbc(), children);
    var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    var history = new PlayHistory(testbed.jdbcUrl(), players, sessions, days, yesterday);
    var months = new Months(testbed);
    // Of the latest quarter those that are whole, hence the same at each size.
    var since = yesterday.minusDays(days / 4).withDayOfMonth(1).plusMonths(1);
    var percent = Math.max(1, children * days / DAYS_A_MONTH / 100);
    var dirty = new DirtyMonths(testbed.jdbc(), percent, since);
    var incremental = new Incremental(dirty, months, service, rounds);

    var rebuild = new Rebuild(testbed, months, service);
    var quarter = grown(history, days / 4, rebuild, incremental, "a quarter of the history");
    var half = grown(history, days / 4, rebuild, incremental, "half of it");
    var whole = grown(history, days - days / 4 * 2, rebuild, incremental, "the whole of it");
    clock.phase("a materialised view");
    var beside = incremental.measureWithRefresh(refreshes);

    clock.phase("full rebuild");
    var threads = rebuild.byThreads(rebuilds);
    var read = months.readSessions(days + 1);
    var write = months.writeMonths();
    clock.phase("windows of all children");
    months.markWindows();
    var windows =
        service.measureUpTo(
            "windows of all children: job", children, "nightly", "window-summaries");
    var readYear = months.readSessions(YEAR).per(children);
    clock.phase("reconciling everything");
    months.settle();
    var reconcile = service.measure("reconcile: job", children, "reconcile", "reconcile-all");
    clock.phase("the origin's way");
    var origin = OriginWay.measure(testbed, months.sessions());
    clock.phase("full rebuild by remote workers");
    var workers = rebuild.byWorkers();
    clock.phase("done");

    System.out.printf(
        """

          %,d children, %,d sessions, %,d months; 1 %% of them: %,d.
          The service had a heap of 256 MB and took %s of memory at most.
        """,
        children,
        months.sessions(),
        months.count(),
        percent,
        service.peakMegabytes().map("%,d MB"::formatted).orElse("an unknown amount"));
    var all = months.sessions();
    Measured.tell(
        "sessions",
        List.of(threads, read, write.per(all), origin, workers.getFirst(), workers.getLast()));
    Measured.tell("children", List.of(windows, readYear, reconcile));
    Measured.tell("months", List.of(quarter, half, whole, beside.getFirst(), beside.getLast()));
    new Bars()
        .atLeast(
            "rebuild_ratio", (read.seconds() + write.seconds()) / threads.seconds(), BAR_REBUILD)
        .atLeast("windows_ratio", readYear.seconds() / windows.seconds(), BAR_WINDOWS)
        .atMost("growth_4x", whole.seconds() / quarter.seconds(), BAR_GROWTH)
        .atLeast(
            "vs_matview", beside.getLast().seconds() / beside.getFirst().seconds(), BAR_MATVIEW)
        .atLeast("vs_origin", origin.seconds() / threads.seconds(), BAR_ORIGIN)
        .atLeast(
            "reconcile_ratio",
            (threads.seconds() + windows.seconds()) / reconcile.seconds(),
            BAR_RECONCILE)
        .figure("workers_2x", workers.getFirst().seconds() / workers.getLast().seconds(), 2)
        .tell();
  }

  private Measured grown(
      PlayHistory history, int more, Rebuild rebuild, Incremental incremental, String size) {
    clock.phase(size);
    history.grow(more);
    rebuild.fill();
    return incremental.measure(size);
  }
}
