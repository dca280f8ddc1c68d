package org.smileadventure.batch.retention;

import java.time.Instant;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the job may not read or delete from: the database itself looks up the period, and the time.
 *
 * @param function deletes so much at most, and returns how much that was
 */
record ByTheDatabase(JdbcClient jdbc, String policy, String function) implements Rule {
  private static final int AT_ONCE = 1_000;

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var gone =
        jdbc.sql("SELECT %s(:most)".formatted(function))
            .param("most", AT_ONCE)
            .query(Long.class)
            .single();
    return new Part(gone, gone > 0);
  }
}
