package org.smileadventure.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * How fast summaries are computed: all of them from nothing against the database at its barest,
 * Spring Batch's own way and the origin's; and what has changed, on a history that grows.
 */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description =
        "Sessions to summaries, against bare INSERT … SELECT, REFRESH MATERIALIZED VIEW"
            + " CONCURRENTLY, an item job and loading all rows.")
final class BatchRate implements Callable<Integer> {
  private static final double BAR_REBUILD = 0.8;
  private static final double BAR_GROWTH = 1.1;
  private static final double BAR_MATVIEW = 20;

  @ParentCommand Benchmarks benchmarks = new Benchmarks();

  @Option(names = "--children", description = "who play (default: ${DEFAULT-VALUE})")
  int children = 20_000;

  @Option(
      names = "--sessions",
      description = "at least, of all of the history (default: ${DEFAULT-VALUE})")
  int sessions = 1_000_000;

  @Option(names = "--days", description = "that it lies in (default: ${DEFAULT-VALUE})")
  int days = 180;

  @Option(
      names = "--rounds",
      description = "of summarising 1 %% of the days, and to warm up (default: ${DEFAULT-VALUE})")
  int rounds = 7;

  @Option(
      names = "--refreshes",
      description = "rounds of refreshing materialised views (default: ${DEFAULT-VALUE})")
  int refreshes = 3;

  @Option(names = "--rebuilds", description = "rounds of full rebuilds (default: ${DEFAULT-VALUE})")
  int rebuilds = 1;

  @Option(
      names = "--buffers",
      paramLabel = "MEGABYTES",
      description = "of PostgreSQL (default: ${DEFAULT-VALUE})")
  int buffers = 2048;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "let Flight Recorder write what the service with two threads does")
  @Nullable Path recording;

  private long began;

  @Override
  public Integer call() {
    began = System.nanoTime();
    phase("servers");
    var directory = benchmarks.directory().resolve("batch");
    try (var testbed = Testbed.open(directory, benchmarks.binaries(), buffers);
        var one = new BatchService(testbed, benchmarks.services(), 1, null);
        var two = new BatchService(testbed, benchmarks.services(), 2, recording)) {
      two.start();
      one.start();
      measure(testbed, one, two);
    }
    return 0;
  }

  private void measure(Testbed testbed, BatchService one, BatchService two) {
    var url = testbed.jdbcUrl();
    var jdbc = testbed.jdbc();
    System.out.printf(
        "  PostgreSQL with fsync=%s, synchronous_commit=%s, shared_buffers=%s%n",
        jdbc.queryForObject("SHOW fsync", String.class),
        jdbc.queryForObject("SHOW synchronous_commit", String.class),
        jdbc.queryForObject("SHOW shared_buffers", String.class));
    Testbed.makeChildren(jdbc, children);
    var history = new PlayHistory(url, children, sessions, days);
    phase("a quarter of the history");
    var latest = history.grow(days / 4);
    var summaries = new DaySummaries(url);
    summaries.insert(latest);
    var percent = (int) (summaries.daysOfPlay() * days / latest.days() / 100);
    var dirty = new DirtyDays(jdbc, percent, latest);
    var incremental = new Incremental(dirty, summaries, two, rounds);
    var quarter = incremental.measure();
    phase("half of it");
    summaries.insert(history.grow(days / 4));
    var half = incremental.measure();
    phase("the whole of it");
    summaries.insert(history.grow(days - days / 4 * 2));
    var whole = incremental.measure();
    phase("materialised views");
    var beside = incremental.measureWithRefresh(refreshes);

    phase("full rebuild");
    var rebuild = new FullRebuild(summaries, one, two).measure(rebuilds);
    var daysOfPlay = summaries.daysOfPlay();
    var rows = summaries.rows();
    phase("full rebuild by remote workers");
    var remote = new RemoteRebuild(testbed, benchmarks.services(), summaries).measure();
    phase("item job");
    var items = told(new ItemJob(url).measure());
    phase("the origin's way");
    var origin = told(OriginWay.measure(url, daysOfPlay));

    System.out.printf(
        """

          %,d children, %,d sessions on %,d days of play, %,d rows of summaries. 1 %% of the days: %,d.
          The service had a heap of 256 MB and took %s of memory at most.

        """,
        children,
        history.sessions(),
        daysOfPlay,
        rows,
        percent,
        two.peakMegabytes().map("%,d MB"::formatted).orElse("an unknown amount"));
    row("full rebuild, nine summaries", "bare INSERT … SELECT", rebuild.bare());
    row("", "job, 1 thread", rebuild.oneThread());
    row("", "job, 2 threads", rebuild.twoThreads());
    row("", "job, 1 remote worker", remote.oneWorker());
    row("", "job, 2 remote workers", remote.twoWorkers());
    row("one summary, the day as a whole", "bare INSERT … SELECT", rebuild.bareDaily());
    row("", "item job", items);
    row("", "origin's way, writes nothing", origin);
    row("1 % dirty, nine summaries", "job, a quarter of the history", quarter);
    row("", "job, half of it", half);
    row("", "job, the whole", whole);
    row("1 % dirty, beside refreshes", "job, the whole", beside.job());
    row("", "nine materialised views, the whole", beside.refresh());
    result(
        rebuild.bare() / rebuild.twoThreads(),
        whole / quarter,
        beside.refresh() / beside.job(),
        items / rebuild.twoThreads(),
        origin / rebuild.twoThreads(),
        remote.oneWorker() / remote.twoWorkers());
    finish(two);
  }

  /** Brings everything up to date, the windows of all children too, and holds it all against. */
  private void finish(BatchService service) {
    phase("windows of all children, and reconciling everything");
    var windows = service.run("nightly").step("window-summaries");
    var reconciled = service.run("reconcile").step("reconcile-all");
    row(
        "windows of %,d children".formatted(windows.done()),
        "job, %.0f children/s".formatted(windows.done() / windows.seconds()),
        windows.seconds());
    row(
        "reconcile %,d children".formatted(reconciled.done()),
        "job, differences=0",
        reconciled.seconds());
    System.out.println("differences=0");
  }

  private void phase(String what) {
    System.out.printf("[%3.0f s] %s%n", (System.nanoTime() - began) / 1e9, what);
  }

  private static double told(double seconds) {
    System.out.printf("  %.1f s%n", seconds);
    return seconds;
  }

  private static void row(String what, String contender, double seconds) {
    System.out.printf("  %-34s %-30s %8.2f s%n", what, contender, seconds);
  }

  private static void result(
      double rebuild, double growth, double matview, double items, double origin, double workers) {
    System.out.printf(
        "%nRESULT rebuild_ratio=%.2f growth_4x=%.2f vs_matview=%.1f vs_items=%.2f vs_origin=%.2f"
            + " workers_2x=%.2f%n",
        rebuild, growth, matview, items, origin, workers);
    var missed = new ArrayList<String>();
    if (rebuild < BAR_REBUILD) {
      missed.add("rebuild_ratio %.2f < %.1f".formatted(rebuild, BAR_REBUILD));
    }
    if (growth > BAR_GROWTH) {
      missed.add("growth_4x %.2f > %.2f".formatted(growth, BAR_GROWTH));
    }
    if (matview < BAR_MATVIEW) {
      missed.add("vs_matview %.1f < %.0f".formatted(matview, BAR_MATVIEW));
    }
    missed.forEach(bar -> System.out.println("bar missed: " + bar));
  }
}
