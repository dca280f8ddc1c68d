package org.smileadventure.common.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Figures of all children change at once each night; who may not see a child any more comes first.
 */
@RealServers
class PendingInvalidationsTest {
  private static final int ALL = 3_000;
  private static final int IN_HAND = 1_500;

  @AutoClose private final CacheFixture fixture = new CacheFixture(LocalStack.shared().redis(), 0);

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final PendingInvalidations pending =
      new PendingInvalidations(
          fixture.cache,
          JdbcClient.create(MigratedDatabase.dataSource(url)),
          new TransactionTemplate(new JdbcTransactionManager(MigratedDatabase.dataSource(url))));

  @Test
  @Timeout(60)
  void urgentOnesComeFirstAndNobodyWaitsForWhatOthersHaveInHand() {
    jdbc.sql(
            """
            INSERT INTO pending_invalidation (child_id, since)
            SELECT 1000000 + n, now() - interval '1 hour' FROM generate_series(1, ?) n
            """)
        .param(ALL)
        .update();
    jdbc.sql("SELECT invalidate_children(ARRAY[7], true)").query(_ -> {});
    // What is urgent stays so, whatever else changes.
    pending.add(List.of(new ChildId(7)));
    jdbc.sql(
            """
            CREATE TABLE taken AS SELECT child_id, pg_current_xact_id()::text::bigint AS at
            FROM pending_invalidation WHERE false
            """)
        .update();
    jdbc.sql(
            """
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO taken VALUES (old.child_id, pg_current_xact_id()::text::bigint);
              RETURN old;
            END $$
            """)
        .update();
    jdbc.sql(
            """
            CREATE TRIGGER noted BEFORE DELETE ON pending_invalidation
            FOR EACH ROW EXECUTE FUNCTION note()
            """)
        .update();

    var nightly = MigratedDatabase.dataSource(url);
    new TransactionTemplate(new JdbcTransactionManager(nightly))
        .executeWithoutResult(
            _ -> {
              JdbcClient.create(nightly)
                  .sql(
                      "SELECT FROM pending_invalidation WHERE child_id BETWEEN 1000001 AND ? FOR UPDATE")
                  .param(1_000_000 + IN_HAND)
                  .query(_ -> {});
              pending.drain();
              assertThat(count("SELECT count(*) FROM pending_invalidation")).isEqualTo(IN_HAND);
            });
    assertThat(
            count(
                "SELECT count(*) FROM taken WHERE at < (SELECT at FROM taken WHERE child_id = 7)"))
        .isZero();

    pending.drain();
    assertThat(count("SELECT count(*) FROM pending_invalidation")).isZero();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
