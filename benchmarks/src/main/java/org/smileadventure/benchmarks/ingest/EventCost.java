package org.smileadventure.benchmarks.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.smileadventure.benchmarks.bed.Measured;
import org.smileadventure.benchmarks.bed.Testbed;
import org.smileadventure.common.event.ChildId;

/** The ingest service, and what events cost it beside what there is already. */
public final class EventCost implements AutoCloseable {
  private static final Duration AGO = Duration.ofDays(5);
  private static final int OPEN_SESSIONS = 200;

  private final EventTopic topic;
  private final OurService service;
  private int rounds;

  /** Starts it. It also migrates the database. */
  public EventCost(Testbed testbed) {
    topic = new EventTopic(testbed.stack().bootstrapServers(), OurService.TOPIC);
    service = new OurService(testbed, null);
    service.start();
  }

  /** Has these children play so many events, and as many before as it takes to warm up. */
  public Measured measure(List<ChildId> children, int warmUp, int events) {
    // Each time at a later time of day: the same stream would make the same sessions.
    var begin = Instant.now().minus(AGO).plus(Duration.ofHours(6L * rounds++));
    return service.cost(topic, new PlayStream(children, OPEN_SESSIONS, begin), warmUp, events);
  }

  @Override
  public void close() {
    topic.close();
    service.close();
  }
}
