package org.smileadventure.batch.retention;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Months of events, each as a whole. */
final class OldEvents implements Rule {
  private static final Logger log = LoggerFactory.getLogger(OldEvents.class);

  private final JdbcClient jdbc;

  OldEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String policy() {
    return "events";
  }

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var months =
        jdbc.sql(
                """
                SELECT try_forget_session_events(
                  (:now::timestamptz AT TIME ZONE 'UTC' - :kept::interval)::date)
                """)
            .param("now", now.toString())
            .param("kept", kept)
            .query(Integer.class)
            .optional();
    if (months.isEmpty()) {
      log.warn("somebody has the partitions of session_events in use for a minute");
    }
    return new Part(months.orElse(0), false);
  }
}
