package org.smileadventure.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The {@link FoldingService} in a process of its own, on a database of its own. */
final class EventFold {
  private static final String DIFFERENCES = SqlFile.read(EventFold.class, "fold-differences.sql");

  private final Testbed testbed;

  EventFold(Testbed testbed) {
    this.testbed = testbed;
  }

  Measured measure(EventTopic topic, int children, int warmUp, int events) {
    var url = testbed.stack().newDatabase();
    var jdbc = Testbed.jdbc(url);
    Flyway.configure().dataSource(jdbc.getDataSource()).load().migrate();
    jdbc.execute("ALTER TABLE game_sessions ADD paused_at timestamptz");
    Testbed.makeChildren(jdbc, children);
    jdbc.execute("CHECKPOINT");
    Measured measured;
    try (var service = start(url)) {
      var consumption =
          new Consumption(topic, FoldingService.GROUP, service.process(), service.log());
      consumption.await(warmUp);
      jdbc.execute("VACUUM (ANALYZE) session_events, game_sessions, dirty_child_days");
      var begin = consumption.await(warmUp);
      var usedBefore = testbed.used(service.process());
      var end = consumption.await(begin.records() + events);
      measured =
          new Measured(
              "folding event by event",
              end.records() - begin.records(),
              Consumption.seconds(begin, end),
              testbed.used(service.process()).since(usedBefore));
    }
    var differences = JdbcClient.create(jdbc).sql(DIFFERENCES).query(Long.class).single();
    if (differences != 0) {
      throw new BenchmarkFailure("%,d sessions were not folded rightly".formatted(differences));
    }
    return measured;
  }

  private ChildJvm start(String url) {
    var arguments = new ArrayList<>(OurService.MEMORY);
    arguments.addAll(
        List.of(
            "-Xmx256m",
            "-Duser.timezone=UTC",
            "-cp",
            System.getProperty("java.class.path"),
            Benchmarks.class.getName(),
            FoldingService.NAME,
            "--kafka",
            testbed.stack().bootstrapServers(),
            "--database",
            url,
            "--redis",
            testbed.stack().redis().toString()));
    return ChildJvm.start(testbed.directory("folding-service"), arguments);
  }
}
