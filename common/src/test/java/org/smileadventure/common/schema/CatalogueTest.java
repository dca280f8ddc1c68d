package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The catalogue of personal data against what is there. */
@RealServers
class CatalogueTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());

  /** Of a partitioned table the table itself, without its partitions. */
  private static final String THERE =
      """
      SELECT c.table_name, c.column_name
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND NOT EXISTS (SELECT FROM pg_inherits
                        WHERE inhrelid = format('%I.%I', c.table_schema, c.table_name)::regclass)
      """;

  private static final String CATALOGUED =
      "SELECT name, unnest(columns) FROM personal_data WHERE place = 'table'";

  @Test
  void everyColumnIsCataloguedAndNoOtherOne() {
    assertThat(columns(CATALOGUED)).containsExactlyInAnyOrderEntriesOf(columns(THERE));
  }

  @Test
  void noColumnIsCataloguedTwice() {
    assertThat(
            DB.sql(
                    """
                    SELECT p.name || '.' || c.name
                    FROM personal_data p
                    CROSS JOIN unnest(p.columns) AS c (name)
                    GROUP BY p.name, c.name
                    HAVING count(*) > 1
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void columnsThatLeadToTheChildAndTheAccountAreThere() {
    assertThat(
            DB.sql(
                    """
                    SELECT name FROM personal_data
                    WHERE place = 'table'
                      AND NOT (coalesce(child = ANY (columns), true) AND coalesce(account = ANY (columns), true))
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  /** Whoever adds a column child_id has to say how it is erased. */
  @Test
  void columnsNamedForAChildLeadToIt() {
    assertThat(
            DB.sql(
                    """
                    SELECT name FROM personal_data
                    WHERE columns && '{child_id, child, children}' AND name <> 'population_cell' AND name <> 'personal_data'
                      AND NOT coalesce(child = ANY ('{child_id, child, children}'), false)
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  /** Else what leads to a row would be gone before the row. */
  @Test
  void whatRefersToOthersIsErasedBeforeThem() {
    assertThat(
            DB.sql(
                    """
                    SELECT DISTINCT r.name || ' after ' || t.name
                    FROM pg_constraint k
                    JOIN personal_data r ON r.place = 'table' AND r.name = k.conrelid::regclass::text
                    JOIN personal_data t ON t.place = 'table' AND t.name = k.confrelid::regclass::text
                    WHERE k.contype = 'f' AND r.name <> t.name
                      AND r.on_erasure = 'delete' AND t.on_erasure IN ('delete', 'anonymise')
                      AND r.erase_order >= t.erase_order
                      AND (r.child IS NOT NULL AND t.child IS NOT NULL OR r.account IS NOT NULL AND t.account IS NOT NULL)
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void whatIsOfNobodyLeadsToNobodyAndIsNotExported() {
    assertThat(
            DB.sql(
                    """
                    SELECT name FROM personal_data
                    WHERE on_erasure = 'none' AND (child IS NOT NULL OR account IS NOT NULL OR export IS NOT NULL)
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  private static Map<String, Set<String>> columns(String statement) {
    var columns = new TreeMap<String, Set<String>>();
    DB.sql(statement)
        .query(
            (RowCallbackHandler)
                row ->
                    columns
                        .computeIfAbsent(row.getString(1), _ -> new TreeSet<>())
                        .add(row.getString(2)));
    return columns;
  }
}
