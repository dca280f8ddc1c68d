package org.smileadventure.batch.retention;

import java.time.Instant;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Accounts that nobody came for. The job may not read who has one: the database itself looks up the
 * period, and the time.
 */
final class OldRegistrations implements Rule {
  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  OldRegistrations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String policy() {
    return "registrations";
  }

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var gone =
        jdbc.sql("SELECT forget_registrations(:most)")
            .param("most", AT_ONCE)
            .query(Long.class)
            .single();
    return new Part(gone, gone >= AT_ONCE);
  }
}
