package org.smileadventure.common.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long what is kept. */
@RealServers
class RetentionPolicyTest {
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.newDataSource());

  @Test
  void whateverTheCatalogueListsHasAnEndThatThePolicyTells() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT place || ' ' || name || ': ' || retention
                    FROM personal_data
                    WHERE retention IS NOT NULL AND retention NOT IN (SELECT class FROM retention_policy)
                    """)
                .query((row, _) -> row.getString(1))
                .list())
        .isEmpty();
    assertThat(jdbc.sql("SELECT count(*) FROM retention_policy").query(Long.class).single())
        .isGreaterThan(10);
  }

  @Test
  void aPeriodThatWasSetStaysWhenTheListIsAppliedAgain() throws IOException {
    jdbc.sql("UPDATE retention_policy SET period = '1 day' WHERE class = 'mail'").update();
    jdbc.sql(
            new ClassPathResource("db/migration/R__07_retention_policy.sql")
                .getContentAsString(UTF_8))
        .update();
    assertThat(
            jdbc.sql("SELECT period = '1 day' FROM retention_policy WHERE class = 'mail'")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void theAuditIsKeptForHalfAYearAtLeast() {
    assertThatThrownBy(
            () ->
                jdbc.sql("UPDATE retention_policy SET period = '1 day' WHERE class = 'audit'")
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }
}
