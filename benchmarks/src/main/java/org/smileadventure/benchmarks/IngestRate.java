package org.smileadventure.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * How fast events get from Kafka into committed rows: our service, then what the database takes at
 * best, then Debezium's sink, then a store that folds event by event; one after the other, on the
 * same servers, each having them to itself.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description =
        "Events from Kafka to committed rows, against COPY, Debezium's JDBC sink and folding event"
            + " by event.")
final class IngestRate implements Callable<Integer> {
  private static final String NEW_EVENT_TABLE =
      SqlFile.read(IngestRate.class, "new-event-table.sql");

  /** Long enough ago for tens of millions of events, and within the months that have partitions. */
  private static final Duration AGO = Duration.ofDays(14);

  private static final Comparator<Measured> BY_RATE =
      Comparator.comparingDouble(Measured::eventsPerSecond);

  private static final double BAR_TO_COPY = 0.5;
  private static final double BAR_TO_DEBEZIUM = 5;

  @ParentCommand Benchmarks benchmarks = new Benchmarks();

  @Option(names = "--events", description = "measured (default: ${DEFAULT-VALUE})")
  int events = 1_000_000;

  @Option(names = "--warm-up", description = "events before them (default: ${DEFAULT-VALUE})")
  int warmUp = 500_000;

  @Option(names = "--children", description = "who play (default: ${DEFAULT-VALUE})")
  int children = 10_000;

  @Option(names = "--open-sessions", description = "at any moment (default: ${DEFAULT-VALUE})")
  int openSessions = 400;

  @Option(
      names = "--debezium-events",
      description = "measured for Debezium's sink; 0 leaves it out (default: ${DEFAULT-VALUE})")
  int debeziumEvents = 400_000;

  @Option(
      names = "--fold-events",
      description = "measured for folding; 0 leaves it out (default: ${DEFAULT-VALUE})")
  int foldEvents = 200_000;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "let Flight Recorder write what the service does")
  @Nullable Path recording;

  private long began;

  @Override
  public Integer call() {
    began = System.nanoTime();
    if (warmUp + events < warmUpOf(foldEvents) + foldEvents) {
      throw new BenchmarkFailure("--fold-events are taken from --events, and cannot be more");
    }
    phase("servers");
    var directory = benchmarks.directory().resolve("ingest");
    try (var testbed = Testbed.open(directory, benchmarks.binaries());
        var topic = new EventTopic(testbed.stack().bootstrapServers(), OurService.TOPIC)) {
      measure(testbed, topic);
    }
    return 0;
  }

  private void measure(Testbed testbed, EventTopic topic) {
    var begin = Instant.now().minus(AGO);
    var copy = new CopiedRows(testbed);
    var jdbc = testbed.jdbc();
    OurService.Run ours;
    List<ChildId> players;
    try (var service = new OurService(testbed, benchmarks.services(), recording)) {
      phase("our service");
      service.start();
      System.out.printf(
          "  PostgreSQL with fsync=%s, synchronous_commit=%s%n",
          jdbc.queryForObject("SHOW fsync", String.class),
          jdbc.queryForObject("SHOW synchronous_commit", String.class));
      players = Testbed.makeChildren(jdbc, children);
      var stream = new PlayStream(players, openSessions, begin);
      ours = service.measure(topic, stream, warmUp, events, players);
      copy.take(ours.begin());
    }
    // What is not there any more does not wake autovacuum while others are measured.
    jdbc.execute("TRUNCATE session_events, game_sessions, dirty_child_days");

    phase("COPY");
    jdbc.execute(NEW_EVENT_TABLE);
    var copied = copy.measure();

    var others = new ArrayList<Measured>();
    others.add(copied);
    Measured debezium = null;
    if (debeziumEvents > 0) {
      phase("Debezium's JDBC sink");
      others.addAll(
          new DebeziumSink(testbed, benchmarks.debezium())
              .measure(
                  new PlayStream(players, openSessions, begin),
                  warmUpOf(debeziumEvents),
                  debeziumEvents));
      debezium = Collections.max(others.subList(1, others.size()), BY_RATE);
    }
    Measured fold = null;
    if (foldEvents > 0) {
      phase("folding event by event");
      fold = new EventFold(testbed).measure(topic, children, warmUpOf(foldEvents), foldEvents);
      others.add(fold);
    }
    phase("done");
    tell(ours, others);
    result(ours.measured(), copied, debezium, fold);
  }

  private static int warmUpOf(int measured) {
    return measured / 2;
  }

  private void phase(String what) {
    System.out.printf("[%3.0f s] %s%n", (System.nanoTime() - began) / 1e9, what);
  }

  private void tell(OurService.Run ours, List<Measured> others) {
    var tally = ours.tally();
    System.out.printf(
        """

          %,d events of %,d children, %,d sessions open at once; %,d came twice, %,d were bad.
          All is checked: %,d rows, %,d more sessions, dirty marks, quarantine, invalidation.
        %s
          %-24s %10s %8s %10s   processor seconds of%15s
          %-24s %10s %8s %10s %10s %10s %8s %12s
        """,
        events,
        tally.children(),
        openSessions,
        tally.redelivered(),
        tally.spoiled(),
        tally.fresh(),
        tally.started(),
        ours.peakMegabytes()
            .map("  With a heap of 256 MB the service took %,d MB of memory at most.%n"::formatted)
            .orElse(""),
        "",
        "",
        "",
        "",
        "all, in",
        "",
        "events",
        "seconds",
        "events/s",
        "itself",
        "postgres",
        "kafka",
        "µs an event");
    row(ours.measured());
    others.forEach(IngestRate::row);
  }

  private static void row(Measured measured) {
    var used = measured.used();
    System.out.printf(
        "  %-24s %,10d %8.2f %,10.0f %10.1f %10.1f %8.1f %12.1f%n",
        measured.contender(),
        measured.events(),
        measured.seconds(),
        measured.eventsPerSecond(),
        used.contender(),
        used.postgres(),
        used.kafka(),
        used.sum() / measured.events() * 1e6);
  }

  private static void result(
      Measured ours, Measured copied, @Nullable Measured debezium, @Nullable Measured fold) {
    // Both have stored the same rows.
    var toCopy = copied.seconds() / ours.seconds();
    var line =
        new StringBuilder(
            "%nRESULT events_per_second=%.0f ratio_to_copy=%.2f"
                .formatted(ours.eventsPerSecond(), toCopy));
    var missed = new ArrayList<String>();
    if (toCopy < BAR_TO_COPY) {
      missed.add("ratio_to_copy %.2f < %.1f".formatted(toCopy, BAR_TO_COPY));
    }
    if (debezium != null) {
      var toDebezium = ours.eventsPerSecond() / debezium.eventsPerSecond();
      line.append(" ratio_to_debezium=%.2f".formatted(toDebezium));
      if (toDebezium < BAR_TO_DEBEZIUM) {
        missed.add("ratio_to_debezium %.2f < %.0f".formatted(toDebezium, BAR_TO_DEBEZIUM));
      }
    }
    if (fold != null) {
      var toFold = ours.eventsPerSecond() / fold.eventsPerSecond();
      line.append(" ratio_to_fold=%.2f".formatted(toFold));
    }
    System.out.println(line);
    missed.forEach(bar -> System.out.println("bar missed: " + bar));
  }
}
