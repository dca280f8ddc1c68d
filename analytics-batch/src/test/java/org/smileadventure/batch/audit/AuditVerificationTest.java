package org.smileadventure.batch.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The program that verifies, as somebody calls it, against the service that seals. */
@RealServers
class AuditVerificationTest {
  private final String url = MigratedDatabase.newUrl();
  private final JdbcClient jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
  private final String topic = "heads-" + UUID.randomUUID();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsNewIsSealedAndKafkaIsToldOfTheLastSeal() throws Exception {
    try (var _ = sealing()) {
      put(3);
      awaitSealed();
      put(1);
      awaitSealed();
      awaitTold();
    }
    assertThat(out.toString()).contains(" rows=4 ").contains(" broken=none");
    try (var admin =
        Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      var config =
          requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource));
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(Duration.ofMillis(Long.parseLong(config.get("retention.ms").value())))
          .isGreaterThan(Duration.ofDays(3_650));
    }
  }

  @Test
  void topicIsInTheCatalogueOfWhatIsKept() {
    assertThat(
            jdbc.sql("SELECT name FROM personal_data WHERE place = 'topic'")
                .query(String.class)
                .list())
        .contains(AuditProperties.TOPIC);
  }

  @Test
  void aRowThatWasRewrittenIsFound() {
    sealed();
    jdbc.sql("UPDATE audit_log SET detail = 'nothing' WHERE id = 2").update();
    assertThat(verify()).isEqualTo(AuditProcess.BROKEN);
    assertThat(out.toString()).contains("broken=1");
    assertThat(err.toString()).contains("seal 1: a row of it was changed");
  }

  /** In the database all holds then. */
  @Test
  void aRowThatWasRewrittenWithAllSealsIsFoundByWhatKafkaWasTold() {
    sealed();
    jdbc.sql("UPDATE audit_log SET detail = 'nothing' WHERE id = 2").update();
    jdbc.sql(
            """
            DO $$
            DECLARE previous bytea; s audit_seal;
            BEGIN
              UPDATE audit_seal SET digest = audit_digest(id);
              FOR s IN SELECT * FROM audit_seal ORDER BY id LOOP
                previous := audit_hash(previous, s);
                UPDATE audit_seal SET hash = previous WHERE id = s.id;
              END LOOP;
            END $$
            """)
        .update();
    assertThat(
            AuditProcess.commandLine()
                .execute(
                    "audit",
                    "verify",
                    "--SMILE_DATABASE_URL=" + asBatch(),
                    "--SMILE_DATABASE_USER=smile_batch"))
        .as("without Kafka")
        .isEqualTo(AuditProcess.HOLDS);
    assertThat(verify()).isEqualTo(AuditProcess.BROKEN);
    assertThat(err.toString()).contains("Kafka was told another hash of it");
  }

  @Test
  void whatCannotBeToldIsNeitherOne() {
    assertThat(
            AuditProcess.commandLine()
                .execute(
                    "audit",
                    "verify",
                    "--SMILE_DATABASE_URL=jdbc:postgresql://127.0.0.1:1/none",
                    "--SMILE_DATABASE_USER=nobody",
                    "--spring.datasource.hikari.connection-timeout=300"))
        .isEqualTo(AuditProcess.UNKNOWN);
    assertThat(AuditProcess.isMeantBy("audit", "verify")).isTrue();
    assertThat(AuditProcess.isMeantBy("--job=audit")).isFalse();
  }

  /** And Kafka was told. */
  private void sealed() {
    put(3);
    try (var _ = sealing()) {
      awaitTold();
    }
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  private void awaitTold() {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(verify()).as(err.toString()).isEqualTo(AuditProcess.HOLDS);
              assertThat(out.toString().lines().toList().getLast()).doesNotContain("heads=0");
            });
  }

  private ServiceUnderTest sealing() {
    return new ServiceUnderTest(
        url,
        "smile.audit.seal-every=100ms",
        "smile.audit.topic=" + topic,
        "smile.batch.schedule.poll-every=50ms",
        "SMILE_KAFKA_BOOTSTRAP_SERVERS=" + LocalStack.shared().bootstrapServers());
  }

  private void put(int rows) {
    jdbc.sql(
            "INSERT INTO audit_log (actor_role, action, detail) SELECT 'system', 'look', i::text FROM generate_series(1, ?) i")
        .param(rows)
        .update();
  }

  private void awaitSealed() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc.sql("SELECT count(*) FROM audit_log WHERE seal IS NULL")
                        .query(Long.class)
                        .single()
                    == 0);
  }

  private String asBatch() {
    return LocalStack.loginAs("smile_batch", url);
  }

  private int verify() {
    var command = AuditProcess.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(
        "audit",
        "verify",
        "--SMILE_DATABASE_URL=" + asBatch(),
        "--SMILE_DATABASE_USER=smile_batch",
        "--SMILE_KAFKA_BOOTSTRAP_SERVERS=" + LocalStack.shared().bootstrapServers(),
        "--smile.audit.topic=" + topic);
  }
}
