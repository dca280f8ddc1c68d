package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.batch.PlayedDatabase;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class JobEndpointsTest {
  private static final Map<String, String> ADMIN = Map.of("role", "admin");
  private static final String RUNS = "/api/v1/jobs/nightly/executions";

  private static String url;
  private static ServiceUnderTest service;

  @BeforeAll
  static void start() throws IOException {
    url = MigratedDatabase.newUrl();
    service = new ServiceUnderTest(url);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void anAdminStartsARunAndSeesHowItDoes() throws Exception {
    var started = service.send("POST", RUNS, service.tokens().token("admin"));
    assertThat(started.statusCode()).isEqualTo(202);
    var location = started.headers().firstValue("Location").orElseThrow();

    var execution =
        await()
            .until(
                () -> json(service.send("GET", location, service.tokens().token("admin"))),
                run -> !run.get("status").stringValue().startsWith("START"));
    assertThat(execution.get("job").stringValue()).isEqualTo("nightly");
    assertThat(execution.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(execution.get("started_at").isString()).isTrue();
    assertThat(execution.get("ended_at").isString()).isTrue();
    assertThat(execution.get("steps").values())
        .extracting(step -> step.get("name").stringValue())
        .contains("partitions-ahead", "dirty-months");
  }

  @Test
  void nobodyElseDoes() throws Exception {
    assertProblem(401, null);
    assertProblem(403, service.tokens().token("parent"));
    assertProblem(403, service.tokens().token("professional"));
    assertProblem(401, service.tokens().expiredToken(ADMIN));
    assertProblem(401, service.tokens().tokenOfAnotherKey(ADMIN));
    assertProblem(401, service.tokens().tokenForAnotherAudience(ADMIN));
    assertProblem(401, service.tokens().tokenOfAnotherIssuer(ADMIN));
    assertProblem(401, "not.a.token");
  }

  private void assertProblem(int status, @Nullable String token) throws Exception {
    for (var method : new String[] {"GET", "POST"}) {
      var refused =
          service.send(method, method.equals("GET") ? "/api/v1/jobs/executions/1" : RUNS, token);
      assertThat(refused.statusCode()).isEqualTo(status);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(json(refused).get("detail").stringValue()).isNotBlank();
      if (status == 401) {
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
            .startsWith("Bearer");
      }
    }
  }

  @Test
  void anUnknownJobIsAProblemThatNamesTheJobs() throws Exception {
    var refused =
        service.send("POST", "/api/v1/jobs/dusting/executions", service.tokens().token("admin"));
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(json(refused).get("detail").stringValue())
        .isEqualTo(
            "there is no job 'dusting'; the jobs are [backfill, nightly, partitions, reconcile, retention]");
  }

  @Test
  void withoutARecordStoreNoJobSendsToOne() throws Exception {
    var refused =
        service.send("POST", "/api/v1/jobs/statements/executions", service.tokens().token("admin"));
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(refused).get("detail").stringValue())
        .startsWith("there is no job 'statements'");
  }

  @Test
  void anUnknownExecutionIsAProblem() throws Exception {
    var refused =
        service.send("GET", "/api/v1/jobs/executions/4711", service.tokens().token("admin"));
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(json(refused).get("detail").stringValue()).isEqualTo("there is no execution 4711");
  }

  @Test
  void whatIsNotAllowedIsDenied() throws Exception {
    assertThat(service.send("GET", "/api/v1/other", service.tokens().token("admin")).statusCode())
        .isEqualTo(404);
    assertThat(service.send("GET", "/actuator/env", service.tokens().token("admin")).statusCode())
        .isEqualTo(404);
    assertThat(service.send("GET", "/actuator/health/readiness", null).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "backfill | {'from': 'yesterday'} | from",
        "backfill | {'from': '2026-02-30'} | from",
        "backfill | {'from': '+99999-01-01'} | from",
        "backfill | {'from': null} | from",
        "backfill | {'to': '-0001-01-01'} | to",
        "backfill | {'from': '2026-02-02', 'to': '2026-02-01'} | to",
        "backfill | {'children': ''} | children",
        "backfill | {'children': '1,'} | children",
        "backfill | {'children': '0'} | children",
        "backfill | {'children': '1 OR true'} | children",
        "backfill | {'before': '2026-02-02'} | before",
        "nightly | {'from': '2026-02-02'} | from",
        "retention | {'before': '2999-01-01'} | before",
        "retention | {'before': '2026-01-01', 'to': '2026-01-01'} | to",
      })
  void anArgumentThatCannotBeIsAProblemThatNamesIt(String job, String arguments, String named)
      throws Exception {
    var refused = post("/api/v1/jobs/" + job + "/executions", arguments.replace('\'', '"'));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("parameter").stringValue()).isEqualTo(named);
    assertThat(json(refused).get("detail").stringValue()).startsWith(named + " must be ");
    assertThat(json(get("/api/v1/jobs/" + job + "/executions?limit=100")).toString())
        .doesNotContain("'FAILED'".replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,limit",
    "limit=101,limit",
    "limit=many,limit",
    "cursor=first,cursor",
    "status=DONE,status",
    "status=failed,status",
    "from=yesterday,from",
    "to=2026-11-24,to",
    "from=-0044-03-15T00:00:00Z,from",
    "to=%2B99999-01-01T00:00:00Z,to",
    "from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z,to"
  })
  void aPageThatCannotBeIsAProblemThatNamesTheParameter(String query, String named)
      throws Exception {
    var refused = get(RUNS + "?" + query);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(json(refused).get("detail").stringValue()).contains(named);
    if (!named.equals("limit") && !named.equals("cursor")) {
      assertThat(json(refused).get("parameter").stringValue()).isEqualTo(named);
    }
  }

  @Test
  void runsAreFoundByTheirStatusAndByWhenTheyBegan() throws Exception {
    var jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
    var path = "/api/v1/jobs/retention/executions";
    var before = ended(post(path, ""));
    jdbc.sql("ALTER TABLE retention_policy RENAME TO mislaid").update();
    var failed = ended(post(path, ""));
    jdbc.sql("ALTER TABLE mislaid RENAME TO retention_policy").update();
    var after = ended(post(path, ""));

    assertThat(failed.get("failure").stringValue())
        .isEqualTo("for a reason that is in the log of its process");
    assertThat(found(path + "?limit=100&status=FAILED")).containsExactly(failed.get("id").asLong());
    assertThat(found(path + "?limit=100&status=COMPLETED"))
        .contains(before.get("id").asLong(), after.get("id").asLong())
        .doesNotContain(failed.get("id").asLong());
    var between =
        "from="
            + before.get("ended_at").stringValue()
            + "&to="
            + failed.get("ended_at").stringValue();
    assertThat(found(path + "?limit=100&" + between)).containsExactly(failed.get("id").asLong());
    assertThat(found(path + "?limit=100&status=COMPLETED&" + between)).isEmpty();
    assertThat(found("/api/v1/jobs/backfill/executions?status=FAILED")).isEmpty();
  }

  private static List<Long> found(String path) throws Exception {
    return json(get(path))
        .get("executions")
        .valueStream()
        .map(run -> run.get("id").asLong())
        .toList();
  }

  @Test
  void partitionsOfARunThatIsNotThereAreAProblem() throws Exception {
    assertThat(get("/api/v1/jobs/executions/4711/partitions").statusCode()).isEqualTo(404);
    var refused = get("/api/v1/jobs/executions/1/partitions?status=HALF");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("parameter").stringValue()).isEqualTo("status");
  }

  @Test
  void theHistoryIsToldInPagesNewestFirst() throws Exception {
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(ended(post("/api/v1/jobs/partitions/executions", "")).get("id").longValue());
    }
    var told = new ArrayList<Long>();
    String cursor = "";
    while (told.size() < ids.size()) {
      var page = json(get("/api/v1/jobs/partitions/executions?limit=2" + cursor));
      page.get("executions").values().forEach(run -> told.add(run.get("id").longValue()));
      if (page.get("next_cursor").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.get("next_cursor").stringValue();
    }
    assertThat(told.subList(0, 5)).isEqualTo(ids);
  }

  @Test
  void allJobsAreToldEachWithItsLastRun() throws Exception {
    var last = ended(post("/api/v1/jobs/partitions/executions", ""));
    var jobs = json(get("/api/v1/jobs")).get("jobs");
    assertThat(jobs.values())
        .extracting(job -> job.get("name").stringValue())
        .containsExactly("backfill", "nightly", "partitions", "reconcile", "retention");
    assertThat(jobs.get(2).get("last")).isEqualTo(last);
  }

  @Test
  void aRunInTheMiddleTellsHowFarItIsAndStopsAndGoesOn() throws Exception {
    var played = PlayedDatabase.copy();
    try (var held =
            new ServiceUnderTest(
                played.url(),
                "smile.batch.children=3",
                "smile.batch.partitions=4",
                "smile.batch.threads=1");
        var holder = MigratedDatabase.withoutPool(played.url()).getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM child_month_summary WHERE child_id = 17 FOR UPDATE");
      var admin = held.tokens().token("admin");
      var location = held.send("POST", RUNS, admin).headers().firstValue("Location").orElseThrow();
      await().atMost(Duration.ofSeconds(60)).until(played::summarisingWaits);

      var run = json(held.send("GET", location, admin));
      assertThat(run.get("status").stringValue()).isEqualTo("STARTED");
      assertThat(run.get("ended_at").isNull()).isTrue();
      var step = run.get("steps").get(3);
      assertThat(step.get("name").stringValue()).isEqualTo("dirty-months");
      assertThat(step.get("status").stringValue()).isEqualTo("STARTED");
      assertThat(step.get("partitions").get("total").asInt()).isEqualTo(4);
      assertThat(step.get("partitions").get("failed").asInt()).isZero();
      var completedPartitions = step.get("partitions").get("completed").asInt();
      assertThat(completedPartitions).isBetween(0, 3);
      assertThat(step.get("planned").asLong()).isPositive();
      assertThat(step.get("done").asLong()).isLessThan(step.get("planned").asLong());
      if (step.get("done").asLong() > 0) {
        assertThat(step.get("per_second").asDouble()).isPositive();
        assertThat(Instant.parse(step.get("estimated_end").stringValue()))
            .isAfter(Instant.parse(run.get("started_at").stringValue()));
      }

      assertNightRuns(json(held.send("GET", "/api/v1/jobs", admin)).get("nightly"));

      assertThat(held.send("POST", RUNS, admin).statusCode()).isEqualTo(409);
      assertThat(held.send("POST", location + "/restart", admin).statusCode()).isEqualTo(409);
      assertThat(held.send("POST", location + "/abandon", admin).statusCode()).isEqualTo(409);

      assertThat(held.send("POST", location + "/stop", admin).statusCode()).isEqualTo(202);
      holder.rollback();
      var stopped =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> json(held.send("GET", location, admin)),
                  now -> !now.get("ended_at").isNull());
      assertThat(stopped.get("status").stringValue()).isEqualTo("STOPPED");
      assertThat(stopped.get("failure").isNull()).isTrue();
      assertThat(played.dirty()).isPositive();
      assertThat(held.send("POST", location + "/stop", admin).statusCode()).isEqualTo(409);

      var restarted =
          await() // its thread may take a moment longer to end
              .until(
                  () -> held.send("POST", location + "/restart", admin),
                  answer -> answer.statusCode() == 202);
      var next = restarted.headers().firstValue("Location").orElseThrow();
      var completed =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> json(held.send("GET", next, admin)), now -> !now.get("ended_at").isNull());
      assertThat(completed.get("status").stringValue()).isEqualTo("COMPLETED");
      assertThat(played.dirty()).isZero();
      assertNightIsDone(json(held.send("GET", "/api/v1/jobs", admin)).get("nightly"), completed);
      assertPartitions(held, next, completed);
      for (var each : completed.get("steps")) {
        if (!each.get("planned").isNull()) {
          assertThat(each.get("done")).as(each.toString()).isEqualTo(each.get("planned"));
        }
      }
      assertThat(completed.get("steps").findValuesAsString("planned"))
          .as("days left, windows, the sample")
          .filteredOn(planned -> !planned.isEmpty())
          .hasSize(3);
      for (var path : List.of(next + "/restart", next + "/abandon", location + "/restart")) {
        assertThat(held.send("POST", path, admin).statusCode()).as(path).isEqualTo(409);
      }
      var first = run.get("id").asLong();
      assertThat(onRecord(played.jdbc()))
          .as("what was done, and not what was refused")
          .containsExactly(
              "1 admin job_started nightly",
              "1 admin job_stopped nightly execution " + first,
              "1 admin job_restarted nightly execution " + first);
    }
  }

  /** The database has had a night that was done, so that each step has a last time. */
  private static void assertNightRuns(JsonNode nightly) {
    assertThat(nightly.get("state").stringValue()).isEqualTo("running");
    assertThat(nightly.get("cron").stringValue()).isEqualTo("-");
    assertThat(nightly.get("zone").stringValue()).isEqualTo("UTC");
    assertThat(nightly.get("promised_by").stringValue()).isEqualTo("06:00");
    assertThat(nightly.get("next_at").isNull()).isTrue();
    assertThat(nightly.get("planned_at").isNull()).as("begun by hand").isTrue();
    assertThat(nightly.get("ended_at").isNull()).isTrue();
    assertThat(nightly.get("overdue_seconds").asDouble()).isZero();
    var begun = Instant.parse(nightly.get("begun_at").stringValue());
    assertThat(begun).isBefore(Instant.now());
    assertThat(Instant.parse(nightly.get("estimated_end").stringValue()))
        .isAfter(begun)
        .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(600));
  }

  private static void assertNightIsDone(JsonNode nightly, JsonNode run) {
    assertThat(nightly.get("state").stringValue()).isEqualTo("done");
    assertThat(nightly.get("ended_at")).isEqualTo(run.get("ended_at"));
    assertThat(nightly.get("estimated_end").isNull()).isTrue();
  }

  /** Of the run that went on, whose step of the months has what was left. */
  private static void assertPartitions(ServiceUnderTest held, String run, JsonNode completed)
      throws Exception {
    var admin = held.tokens().token("admin");
    var told = new ArrayList<JsonNode>();
    for (var cursor = ""; ; ) {
      var page = json(held.send("GET", run + "/partitions?limit=3" + cursor, admin));
      page.get("items").forEach(told::add);
      if (page.get("next_cursor").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.get("next_cursor").stringValue();
    }
    assertThat(told).extracting(part -> part.get("id").asLong()).isSorted().doesNotHaveDuplicates();
    for (var step : completed.get("steps")) {
      var ofStep = told.stream().filter(part -> part.get("step").equals(step.get("name"))).toList();
      assertThat(ofStep)
          .as(step.toString())
          .hasSize(
              step.get("partitions").isNull() ? 0 : step.get("partitions").get("total").asInt());
      if (!step.get("planned").isNull()) {
        assertThat(ofStep.stream().mapToLong(part -> part.get("planned").asLong()).sum())
            .isEqualTo(step.get("planned").asLong());
        assertThat(ofStep.stream().mapToLong(part -> part.get("done").asLong()).sum())
            .isEqualTo(step.get("done").asLong());
      }
    }
    assertThat(told)
        .allSatisfy(
            part -> {
              assertThat(part.get("status").stringValue()).isEqualTo("COMPLETED");
              assertThat(part.get("failure").isNull()).isTrue();
              assertThat(part.get("ended_at").isString()).isTrue();
            });
    var windows =
        json(held.send("GET", run + "/partitions?step=window-summaries&limit=100", admin));
    assertThat(windows.get("items").size()).isPositive();
    assertThat(windows.get("items").valueStream())
        .allSatisfy(
            part -> assertThat(part.get("step").stringValue()).isEqualTo("window-summaries"));
    assertThat(json(held.send("GET", run + "/partitions?status=FAILED", admin)).get("items").size())
        .isZero();
  }

  private static List<String> onRecord(JdbcClient jdbc) {
    return jdbc.sql(
            "SELECT concat_ws(' ', actor, actor_role, action, detail) FROM audit_log ORDER BY id")
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void whoHasAJobDeleteIsOnRecordWithWhatItWasTold() throws Exception {
    ended(post("/api/v1/jobs/retention/executions", "{\"before\": \"2024-01-31\"}"));
    post("/api/v1/jobs/retention/executions", "{\"before\": \"2999-01-31\"}");
    assertThat(onRecord(JdbcClient.create(MigratedDatabase.dataSource(url))))
        .contains("1 admin job_started retention {before=2024-01-31}")
        .noneMatch(record -> record.contains("2999"));
  }

  /** What is not on record is not done. */
  @Test
  void nothingIsStartedThatCannotBeRecorded() throws Exception {
    var jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
    var before = json(get("/api/v1/jobs/partitions/executions?limit=1"));
    jdbc.sql("ALTER TABLE audit_log RENAME TO mislaid").update();
    try {
      assertThat(post("/api/v1/jobs/partitions/executions", "").statusCode()).isEqualTo(500);
    } finally {
      jdbc.sql("ALTER TABLE mislaid RENAME TO audit_log").update();
    }
    assertThat(json(get("/api/v1/jobs/partitions/executions?limit=1"))).isEqualTo(before);
    assertThat(ended(post("/api/v1/jobs/partitions/executions", "")).get("status").stringValue())
        .isEqualTo("COMPLETED");
  }

  @Test
  void anAbandonedRunNeverGoesOn() throws Exception {
    var jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
    var run = ended(post("/api/v1/jobs/reconcile/executions", ""));
    // As if its process had been killed.
    jdbc.sql(
            "UPDATE batch_job_execution SET status = 'STARTED', exit_code = 'UNKNOWN', end_time = NULL WHERE job_execution_id = ?")
        .param(run.get("id").longValue())
        .update();
    var path = "/api/v1/jobs/executions/" + run.get("id").longValue();

    var abandoned = post(path + "/abandon", "");
    assertThat(abandoned.statusCode()).isEqualTo(200);
    assertThat(json(abandoned).get("status").stringValue()).isEqualTo("ABANDONED");
    assertThat(onRecord(jdbc))
        .contains("1 admin job_abandoned reconcile execution " + run.get("id").longValue());
    assertThat(post(path + "/restart", "").statusCode()).isEqualTo(409);
    assertThat(ended(post("/api/v1/jobs/reconcile/executions", "")).get("status").stringValue())
        .isEqualTo("COMPLETED");
  }

  @Test
  void retentionForgetsTheEventsOfSessionsStartedBeforeTheMonth() throws Exception {
    var jdbc = JdbcClient.create(MigratedDatabase.dataSource(url));
    var people = new People(jdbc);
    var child = people.child(people.parent("parent@example.org"), "UTC");
    for (var start : List.of("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z")) {
      jdbc.sql(
              """
              INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
              SELECT least_session_id(at), :child, 1, 1,
                convert_to(format('[[1, "session.started", %s, {}]]', (extract(epoch FROM at) * 1000000)::bigint), 'UTF8')
              FROM (SELECT :start::timestamptz AS at) start
              """)
          .param("start", start)
          .param("child", child.value())
          .update();
    }
    var run = ended(post("/api/v1/jobs/retention/executions", "{\"before\": \"2026-01-31\"}"));
    assertThat(run.get("status").stringValue()).isEqualTo("COMPLETED");
    assertThat(run.get("parameters").get("before").stringValue()).isEqualTo("2026-01-31");
    assertThat(
            jdbc.sql("SELECT occurred_at FROM v_session_event").query(OffsetDateTime.class).list())
        .extracting(OffsetDateTime::toInstant)
        .containsExactly(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return service.send("GET", path, service.tokens().token("admin"));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return service.send("POST", path, service.tokens().token("admin"), body);
  }

  private static JsonNode ended(HttpResponse<String> accepted) {
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    var location = accepted.headers().firstValue("Location").orElseThrow();
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> json(get(location)), run -> !run.get("ended_at").isNull());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
