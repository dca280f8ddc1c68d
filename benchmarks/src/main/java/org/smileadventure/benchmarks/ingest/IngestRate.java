package org.smileadventure.benchmarks.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.smileadventure.benchmarks.bed.Bars;
import org.smileadventure.benchmarks.bed.Clock;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What it takes to get events from Kafka into committed rows: our service, then what the database
 * takes at best, then Debezium's sink; one after the other, on the same servers, each having them
 * to itself.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Events from Kafka to committed rows, against COPY and Debezium's JDBC sink.")
public final class IngestRate implements Callable<Integer> {
  private static final String NEW_EVENT_TABLE =
      SqlFile.read(IngestRate.class, "new-event-table.sql");

  /** Long enough ago for tens of millions of events, and within the months that have partitions. */
  private static final Duration AGO = Duration.ofDays(14);

  private static final double BAR_COPY = 0.4;
  private static final double BAR_DEBEZIUM = 1.25;

  @Option(names = "--events", description = "measured (default: ${DEFAULT-VALUE})")
  private int events = 1_000_000;

  @Option(
      names = "--warm-up",
      description = "before them, for each contender (default: ${DEFAULT-VALUE})")
  private int warmUp = 1_000_000;

  @Option(names = "--children", description = "who play (default: ${DEFAULT-VALUE})")
  private int children = 10_000;

  @Option(names = "--open-sessions", description = "at any moment (default: ${DEFAULT-VALUE})")
  private int openSessions = 400;

  @Option(
      names = "--debezium-events",
      description = "measured for Debezium's sink; 0 leaves it out (default: ${DEFAULT-VALUE})")
  private int debeziumEvents = 400_000;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "let Flight Recorder write what the service does")
  private @Nullable Path recording;

  private final Clock clock = new Clock();

  @Override
  public Integer call() {
    clock.phase("servers");
    try (var testbed = Testbed.open("ingest");
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
    try (var service = new OurService(testbed, recording)) {
      clock.phase("our service");
      service.start();
      players = Testbed.makeChildren(jdbc, children);
      var stream = new PlayStream(players, openSessions, begin);
      ours = service.measure(topic, stream, warmUp, events, players);
      copy.take(ours.begin());
    }
    // What is not there any more does not wake autovacuum while others are measured.
    jdbc.execute("TRUNCATE session_events, game_sessions, dirty_child_months");

    clock.phase("COPY");
    jdbc.execute(NEW_EVENT_TABLE);
    var rows = new ArrayList<>(List.of(ours.measured(), copy.measure()));
    var bars =
        new Bars()
            .figure("cpu_us_per_event", ours.measured().microsPerUnit(), 1)
            // Both have stored the same events.
            .atLeast(
                "ratio_to_copy", rows.getLast().seconds() / ours.measured().seconds(), BAR_COPY);
    if (debeziumEvents > 0) {
      clock.phase("Debezium's JDBC sink");
      rows.addAll(
          new DebeziumSink(testbed)
              .measure(new PlayStream(players, openSessions, begin), warmUp, debeziumEvents));
      bars.atLeast(
          "cpu_ratio_to_debezium",
          rows.getLast().microsPerUnit() / ours.measured().microsPerUnit(),
          BAR_DEBEZIUM);
    }
    clock.phase("done");
    tell(ours);
    Measured.tell("events", rows);
    bars.tell();
  }

  private void tell(OurService.Run ours) {
    var tally = ours.tally();
    System.out.printf(
        """

          %,d events of %,d children, %,d sessions open at once; %,d came twice, %,d were bad.
          All is checked: %,d events, %,d more sessions, dirty marks, quarantine, invalidation.
          With a heap of 512 MB the service took %s of memory at most.
        """,
        events,
        tally.children(),
        openSessions,
        tally.redelivered(),
        tally.spoiled(),
        tally.fresh(),
        tally.started(),
        ours.peakMegabytes().map("%,d MB"::formatted).orElse("an unknown amount"));
  }
}
