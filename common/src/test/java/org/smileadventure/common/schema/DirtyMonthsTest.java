package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which months are marked for which days. */
@RealServers
class DirtyMonthsTest {
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());

  @Test
  void eachMonthIsMarkedOnceInTheOrderOfTheKey() {
    mark("{2,1,1,1,1}", "{2026-03-31,2026-02-01,2026-01-31,2026-01-01,2025-12-31}");
    assertThat(marked())
        .containsExactly("1 2025-12-01", "1 2026-01-01", "1 2026-02-01", "2 2026-03-01");
  }

  @Test
  void dayThatIsNotThereMarksNothing() {
    mark("{1,1,NULL}", "{NULL,2026-03-05,2026-04-05}");
    mark("{}", "{}");
    assertThat(marked()).containsExactly("1 2026-03-01");
  }

  @Test
  void secondMarkIsAnotherVersion() {
    mark("{1}", "{2026-03-05}");
    var version = version();
    mark("{1}", "{2026-03-31}");
    assertThat(version()).isGreaterThan(version);
  }

  /** Else a month that is played in every day would never look late. */
  @Test
  void secondMarkLeavesTheTimeOfTheFirst() {
    mark("{1}", "{2026-03-05}");
    jdbc.sql("UPDATE dirty_child_months SET marked_at = now() - interval '9 days'").update();
    mark("{1,1}", "{2026-03-31,2026-04-01}");
    assertThat(
            jdbc.sql(
                    "SELECT month::text FROM dirty_child_months WHERE marked_at < now() - interval '8 days'")
                .query(String.class)
                .list())
        .containsExactly("2026-03-01");
  }

  private void mark(String children, String days) {
    jdbc.sql("SELECT mark_months(?::bigint[], ?::date[])").params(children, days).query(_ -> {});
  }

  /** In the order in which they were marked. */
  private List<@Nullable String> marked() {
    return jdbc.sql("SELECT child_id || ' ' || month FROM dirty_child_months ORDER BY version")
        .query(String.class)
        .list();
  }

  private long version() {
    return jdbc.sql("SELECT version FROM dirty_child_months").query(Long.class).single();
  }
}
