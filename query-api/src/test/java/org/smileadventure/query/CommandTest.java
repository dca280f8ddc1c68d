package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the jar does from the command line, each time in a process of its own. */
@RealServers
class CommandTest {
  private static final String[] ADA = {
    "admin", "create", "--email", "Ada@Example.org", "--first-name", "Ada", "--last-name", "O'Neill"
  };

  /** How a process ended, and what it wrote. */
  private record Ended(int code, String output) {}

  @Test
  void migrateMakesTheSchemaAndEnds() throws Exception {
    var database = LocalStack.shared().newDatabase();
    var ended = run(database, Map.of(), "", "migrate");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("the schema is at version ").doesNotContain("Tomcat");
    var db = JdbcClient.create(MigratedDatabase.dataSource(database));
    assertThat(db.sql("SELECT count(*) FROM auth_users").query(Long.class).single()).isZero();
    // Done again, it finds nothing to do.
    assertThat(run(database, Map.of(), "", "migrate").output()).contains("after 0 migrations");
  }

  @Test
  void firstAdminIsMadeOnceAndLogsIn() throws Exception {
    try (var service = ServiceUnderTest.startAlone()) {
      var made =
          run(service.databaseUrl(), Map.of("SMILE_ADMIN_PASSWORD", "Brave-Otter-7"), "", ADA);
      assertThat(made.code()).as(made.output()).isZero();
      assertThat(made.output())
          .contains("made admin ada@example.org, account ")
          .doesNotContain("Brave-Otter-7", "Tomcat");

      var token =
          service
              .post(
                  "/api/v1/auth/token",
                  "{\"email\": \"ada@example.org\", \"password\": \"Brave-Otter-7\"}")
              .ok()
              .path("access_token")
              .asString();
      service.get("/api/v1/users", token).ok();
      assertThat(
              service
                  .db()
                  .sql("SELECT detail FROM audit_log WHERE actor_role = 'system'")
                  .query((row, _) -> row.getString(1))
                  .list())
          .singleElement()
          .asString()
          .endsWith(" made an admin");

      var again = run(service.databaseUrl(), Map.of(), "Calm-Heron-8\n", ADA);
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.output()).contains("there is an account with the address ada@example.org");
    }
  }

  @Test
  void whatIsMissingOrWrongIsSaid() throws Exception {
    var nowhere = "jdbc:postgresql://127.0.0.1:1/none";
    var weak = run(nowhere, Map.of(), "weak\n", ADA);
    assertThat(weak.code()).isEqualTo(1);
    assertThat(weak.output()).contains("password").doesNotContain("weak\n");
    var nameless = run(nowhere, Map.of(), "", "admin", "create", "--email", "ada@example.org");
    assertThat(nameless.code()).isEqualTo(2);
    assertThat(nameless.output()).contains("--first-name");
    var away = run(nowhere, Map.of(), "", "migrate");
    assertThat(away.code()).isEqualTo(1);
    assertThat(away.output()).contains("query-api: ");
  }

  private static Ended run(
      String database, Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            QueryApi.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SMILE_DATABASE_URL", database);
    builder.environment().put("SMILE_DATABASE_USER", "smile_query");
    builder.environment().put("SMILE_MIGRATION_USER", "postgres");
    builder.environment().putAll(environment);
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException _) {
      // It has ended, and wanted none.
    }
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
