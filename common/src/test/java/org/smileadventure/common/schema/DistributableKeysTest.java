package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows about children can be distributed by child: no key has to be unique beyond one child. */
@RealServers
class DistributableKeysTest {
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());

  @Test
  void everyUniqueKeyOfATableAboutChildrenHasTheChildInIt() {
    var elsewhere =
        jdbc.sql(
                """
                SELECT k.indexrelid::regclass::text
                FROM pg_index k
                JOIN pg_class t ON t.oid = k.indrelid AND t.relnamespace = 'public'::regnamespace
                JOIN pg_attribute child ON child.attrelid = t.oid
                  AND child.attname = CASE t.relname WHEN 'children' THEN 'id' ELSE 'child_id' END
                WHERE k.indisunique AND child.attnum <> ALL ((k.indkey::int2[])[0:k.indnkeyatts - 1])
                """)
            .query(String.class)
            .list();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void everyTableAboutChildrenHasAPrimaryKey() {
    var keyless =
        jdbc.sql(
                """
                SELECT t.relname
                FROM pg_class t
                JOIN pg_attribute child ON child.attrelid = t.oid AND child.attname = 'child_id'
                WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
                  AND NOT EXISTS (SELECT FROM pg_index k WHERE k.indrelid = t.oid AND k.indisprimary)
                """)
            .query(String.class)
            .list();
    assertThat(keyless).isEmpty();
  }
}
