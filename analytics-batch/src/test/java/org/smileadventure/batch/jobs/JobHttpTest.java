package org.smileadventure.batch.jobs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.BrokenInput;
import org.smileadventure.common.fixture.Endpoints;
import org.smileadventure.common.fixture.HttpContract;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class JobHttpTest extends HttpContract {
  private static final String DATABASE = MigratedDatabase.newUrl();

  @AutoClose
  private static final ServiceUnderTest SERVICE =
      new ServiceUnderTest(DATABASE, "smile.http.allowed-origins=" + ORIGIN);

  @Override
  protected URI address() {
    return SERVICE.address();
  }

  @Override
  protected String readable() {
    return "/api/v1/jobs";
  }

  @Override
  protected String writable() {
    return "/api/v1/jobs/executions/1/stop";
  }

  @Override
  protected String token(String path) {
    return SERVICE.tokens().token("admin");
  }

  @Test
  @Override
  protected void bodyOfAnotherKindIsRefused() {
    assertBodyOfAnotherKindIsRefused("/api/v1/jobs/nightly/executions");
  }

  @Test
  void brokenInputIsRefusedInOurOwnWordsEverywhere() {
    new BrokenInput(address(), SERVICE.context(), List.of(SERVICE.tokens().token("admin")))
        .send(List.of("Rumpelstiltskin", "who.is.it"));
  }

  /** Nobody, a device, a parent, a professional, an admin, and an admin who was suspended. */
  @Test
  void eachEndpointAnswersAdminsAlone() {
    assertThat(
            new Endpoints(address(), SERVICE.context())
                .statusesOfEverybody(
                    JdbcClient.create(MigratedDatabase.dataSource(DATABASE)), SERVICE.tokens()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("GET /api/v1/jobs", List.of(401, 403, 403, 403, 200, 401)),
                entry("GET /api/v1/jobs/{name}/executions", List.of(401, 403, 403, 403, 404, 401)),
                entry("POST /api/v1/jobs/{name}/executions", List.of(401, 403, 403, 403, 404, 401)),
                entry("GET /api/v1/jobs/executions/{id}", List.of(401, 403, 403, 403, 404, 401)),
                entry(
                    "GET /api/v1/jobs/executions/{id}/partitions",
                    List.of(401, 403, 403, 403, 404, 401)),
                entry(
                    "POST /api/v1/jobs/executions/{id}/stop",
                    List.of(401, 403, 403, 403, 404, 401)),
                entry(
                    "POST /api/v1/jobs/executions/{id}/restart",
                    List.of(401, 403, 403, 403, 404, 401)),
                entry(
                    "POST /api/v1/jobs/executions/{id}/abandon",
                    List.of(401, 403, 403, 403, 404, 401))));
  }
}
