package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.Filter;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The settings that the service is shipped with, as the servers see them. */
@RealServers
class SettingsTest {
  private static final AtomicReference<@Nullable Thread> REQUEST_THREAD = new AtomicReference<>();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.startAsShipped(
          context ->
              context.registerBean(
                  "threadWatch",
                  Filter.class,
                  () ->
                      (request, response, chain) -> {
                        REQUEST_THREAD.set(Thread.currentThread());
                        chain.doFilter(request, response);
                      }));

  @ParameterizedTest
  @CsvSource({
    "statement_timeout, 30s",
    "lock_timeout, 10s",
    "idle_in_transaction_session_timeout, 1min",
    "timezone, UTC",
    "jit, off",
    "application_name, smile-query-api",
    "transaction_isolation, read committed",
    "session_authorization, smile_query",
    "is_superuser, off"
  })
  void databaseShowsTheSetting(String name, String value) {
    assertThat(
            SERVICE
                .bean("jdbcClient", JdbcClient.class)
                .sql("SHOW " + name)
                .query((row, _) -> row.getString(1))
                .single())
        .isEqualTo(value);
  }

  @Test
  void poolIsOfFiftyOfWhichTwentyAreKept() throws SQLException {
    var pool = SERVICE.bean("dataSource", DataSource.class).unwrap(HikariDataSource.class);
    assertThat(pool.getMaximumPoolSize()).isEqualTo(50);
    assertThat(pool.getMinimumIdle()).isEqualTo(20);
    assertThat(pool.getConnectionTimeout()).isEqualTo(20_000);
    assertThat(pool.getMaxLifetime()).isEqualTo(1_800_000);
    assertThat(pool.getKeepaliveTime()).isEqualTo(120_000);
    assertThat(pool.getDataSourceProperties())
        .containsEntry("connectTimeout", "10")
        .containsEntry("tcpKeepAlive", "true");
  }

  @Test
  void requestRunsOnAThreadOfItsOwn() {
    SERVICE.get("/health", null);
    var thread = REQUEST_THREAD.get();
    assertThat(thread).isNotNull();
    assertThat(thread.isVirtual()).isTrue();
  }
}
