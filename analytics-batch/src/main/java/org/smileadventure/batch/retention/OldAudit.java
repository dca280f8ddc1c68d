package org.smileadventure.batch.retention;

import java.time.Instant;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit, which nobody but its owner can delete from: the database itself looks up the period,
 * and the time.
 */
final class OldAudit implements Rule {
  private static final int SEALS_AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  OldAudit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String policy() {
    return "audit";
  }

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var gone =
        jdbc.sql("SELECT forget_audit(:most)")
            .param("most", SEALS_AT_ONCE)
            .query(Long.class)
            .single();
    return new Part(gone, gone > 0);
  }
}
