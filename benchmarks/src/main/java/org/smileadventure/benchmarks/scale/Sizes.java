package org.smileadventure.benchmarks.scale;

import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is in the database, in bytes and numbers.
 *
 * @param plainBytes of events that are not packed
 * @param toldSessions of which there are events
 * @param playBytes of sessions and activities
 */
record Sizes(
    long plainBytes,
    long packedBytes,
    long plainEvents,
    long packedEvents,
    long toldSessions,
    long playBytes,
    long sessions,
    long monthBytes,
    long months,
    long windowBytes,
    long populationBytes,
    long children) {
  private static final String READ = SqlFile.read(Sizes.class, "sizes.sql");
  private static final int MONTHS = 12;

  static Sizes of(JdbcClient jdbc) {
    return jdbc.sql(READ).query(Sizes.class).single();
  }

  double perPackedEvent() {
    return (double) packedBytes / packedEvents;
  }

  double perPlainEvent() {
    return (double) plainBytes / plainEvents;
  }

  double perSession() {
    return (double) playBytes / sessions;
  }

  double perMonth() {
    return (double) monthBytes / months;
  }

  double ofWindows() {
    return (double) windowBytes / children;
  }

  double ofPopulation() {
    return (double) populationBytes / children;
  }

  /** Of a child that plays so much, with what is kept of it once. */
  double perChildAndYear(double sessionsAYear, double eventsASession) {
    return sessionsAYear * (perSession() + eventsASession * perPackedEvent())
        + MONTHS * perMonth()
        + ofWindows()
        + ofPopulation();
  }
}
