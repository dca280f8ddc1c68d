package org.smileadventure.batch.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the audit against its seals, and these against what Kafka was told of them. */
final class AuditVerification {
  private final JdbcClient jdbc;

  AuditVerification(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What came of it.
   *
   * @param broken the first seal that does not hold; null: all do
   */
  record Result(long seals, long rows, long heads, @Nullable Long broken, @Nullable String why) {

    String line() {
      return "RESULT seals=%d rows=%d heads=%d broken=%s"
          .formatted(seals, rows, heads, broken == null ? "none" : broken);
    }
  }

  Result verify(List<Head> heads) {
    return jdbc.sql(
            "SELECT seals, rows, broken, why FROM verify_audit(:heads::bigint[], :hashes::bytea[])")
        .param("heads", heads.stream().mapToLong(Head::seal).toArray())
        .param("hashes", heads.stream().map(Head::hashBytes).toArray(byte[][]::new))
        .query(
            (row, _) ->
                new Result(
                    row.getLong("seals"),
                    row.getLong("rows"),
                    heads.size(),
                    row.getObject("broken", Long.class),
                    row.getString("why")))
        .single();
  }
}
