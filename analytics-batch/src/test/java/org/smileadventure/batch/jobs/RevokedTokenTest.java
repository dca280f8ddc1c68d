package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class RevokedTokenTest {

  @Test
  void loginThatHasEndedIsRefusedWithinASecond() throws Exception {
    var database = MigratedDatabase.newUrl();
    var ended = UUID.randomUUID().toString();
    try (var service = new ServiceUnderTest(database)) {
      var token = service.tokens().token(Map.of("role", "admin", "sid", ended));
      var other =
          service.tokens().token(Map.of("role", "admin", "sid", UUID.randomUUID().toString()));
      assertThat(service.send("GET", "/api/v1/jobs", token).statusCode()).isEqualTo(200);

      JdbcClient.create(MigratedDatabase.dataSource(database))
          .sql("INSERT INTO revocations (subject, until) VALUES (?, now() + interval '1 hour')")
          .param("login:" + ended)
          .update();

      await()
          .atMost(Duration.ofSeconds(1))
          .until(() -> service.send("GET", "/api/v1/jobs", token).statusCode() == 401);
      assertThat(service.send("GET", "/api/v1/jobs", other).statusCode()).isEqualTo(200);
    }
  }
}
