package org.smileadventure.batch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.MigratedDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobEndpointsTest {
  private static final Map<String, String> ADMIN = Map.of("role", "admin");
  private static final String RUNS = "/api/v1/jobs/nightly/executions";

  private static ServiceUnderTest service;

  @BeforeAll
  static void start() throws IOException {
    service = new ServiceUnderTest(MigratedDatabase.newUrl());
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
        .contains("partitions-ahead", "dirty-days");
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
  void anUnknownExecutionIsAProblem() throws Exception {
    var refused =
        service.send("GET", "/api/v1/jobs/executions/4711", service.tokens().token("admin"));
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(json(refused).get("detail").stringValue()).isEqualTo("there is no execution 4711");
  }

  @Test
  void whatIsNotAllowedIsDenied() throws Exception {
    assertThat(service.send("GET", "/api/v1/other", service.tokens().token("admin")).statusCode())
        .isEqualTo(403);
    assertThat(service.send("GET", "/actuator/env", service.tokens().token("admin")).statusCode())
        .isEqualTo(403);
    assertThat(service.send("GET", "/actuator/health/readiness", null).statusCode()).isEqualTo(200);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
