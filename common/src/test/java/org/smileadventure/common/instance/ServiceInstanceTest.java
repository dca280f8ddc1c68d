package org.smileadventure.common.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@RealServers
@ExtendWith(OutputCaptureExtension.class)
class ServiceInstanceTest {
  private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");

  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient owner = JdbcClient.create(MigratedDatabase.dataSource(url));

  private ServiceInstance instance(String login) {
    var jdbc = JdbcClient.create(MigratedDatabase.dataSource(LocalStack.loginAs(login, url)));
    return new ServiceInstance(jdbc, login, "1.0.0", InstantSource.fixed(STARTED));
  }

  private List<String> instances() {
    return owner
        .sql("SELECT service FROM service_instances ORDER BY service")
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void eachServiceSaysThatItRunsUntilItEnds() {
    var ingest = instance("smile_ingest");
    var batch = instance("smile_batch");
    var query = instance("smile_query");
    for (var service : List.of(ingest, batch, query)) {
      service.tell();
      service.tell();
    }
    assertThat(instances()).containsExactly("smile_batch", "smile_ingest", "smile_query");
    assertThat(
            owner
                .sql("SELECT started_at FROM service_instances LIMIT 1")
                .query(OffsetDateTime.class)
                .single()
                .toInstant())
        .isEqualTo(STARTED);

    batch.destroy();
    batch.tell();
    assertThat(instances()).containsExactly("smile_ingest", "smile_query");
  }

  @Test
  void oneThatWasNotHeardOfForADayIsForgotten() {
    var query = instance("smile_query");
    query.tell();
    for (var hours : List.of(23, 25)) {
      owner
          .sql(
              """
              INSERT INTO service_instances
              VALUES (:name, :name, '1', NULL, now(), now() - make_interval(hours => :hours))
              """)
          .param("name", "gone " + hours)
          .param("hours", hours)
          .update();
    }
    query.tell();
    assertThat(instances()).containsExactly("gone 23", "smile_query");
  }

  @Test
  void databaseThatIsAwayIsToldOnceAndTriedAgain(CapturedOutput output) {
    var away = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/nowhere");
    var instance =
        new ServiceInstance(
            JdbcClient.create(away), "query-api", "1.0.0", InstantSource.fixed(STARTED));
    instance.tell();
    instance.tell();
    instance.destroy();
    assertThat(output.toString().lines().filter(line -> line.contains("nobody is told")))
        .hasSize(1);

    var query = instance("smile_query");
    owner.sql("ALTER TABLE service_instances RENAME TO mislaid").update();
    query.tell();
    owner.sql("ALTER TABLE mislaid RENAME TO service_instances").update();
    query.tell();
    assertThat(instances()).containsExactly("smile_query");
  }
}
