package org.smileadventure.batch.retention;

import java.time.Instant;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows, each of which tells its own age. */
final class OldRows implements Rule {
  private static final int AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final String policy;
  private final int atOnce;
  private final String statement;

  /**
   * Those that a statement deletes.
   *
   * @param file its name, of which it has the ending {@code .sql}
   */
  OldRows(JdbcClient jdbc, String policy, String file) {
    this(jdbc, policy, file, AT_ONCE);
  }

  /** The same, so many in a transaction: where each brings others with it. */
  OldRows(JdbcClient jdbc, String policy, String file, int atOnce) {
    this.jdbc = jdbc;
    this.policy = policy;
    this.atOnce = atOnce;
    this.statement = SqlFile.read(OldRows.class, file + ".sql");
  }

  @Override
  public String policy() {
    return policy;
  }

  @Override
  public Part apply(Instant now, String kept, ExecutionContext context) {
    var gone =
        jdbc.sql(statement)
            .param("now", now.toString())
            .param("kept", kept)
            .param("most", atOnce)
            .update();
    return new Part(gone, gone >= atOnce);
  }
}
