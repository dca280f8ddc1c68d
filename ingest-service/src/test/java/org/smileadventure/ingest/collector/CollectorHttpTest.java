package org.smileadventure.ingest.collector;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.BrokenInput;
import org.smileadventure.common.fixture.Endpoints;
import org.smileadventure.common.fixture.HttpContract;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealServers
class CollectorHttpTest extends HttpContract {
  private static final String DATABASE = MigratedDatabase.newUrl();

  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(DATABASE, LocalStack.shared().redis(), TOPIC.name())
          .with("smile.http.allowed-origins=" + ORIGIN)
          .start();

  @Override
  protected URI address() {
    return URI.create(
        "http://127.0.0.1:" + SERVICE.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @Override
  protected String readable() {
    return "/api/v1/quarantine";
  }

  @Override
  protected String writable() {
    return "/api/v1/events";
  }

  @Override
  protected String token(String path) {
    return ServiceUnderTest.TOKENS.token(
        path.startsWith(writable())
            ? Map.of("scope", "ingest", "children", List.of(1))
            : Map.of("role", "admin"));
  }

  @Test
  void brokenInputIsRefusedInOurOwnWordsEverywhere() {
    new BrokenInput(
            address(),
            SERVICE,
            List.of(ServiceUnderTest.TOKENS.token("admin"), Game.tokenFor(List.of(new ChildId(1)))))
        .send(List.of("Rumpelstiltskin", "who.is.it"));
  }

  /** Nobody, a device, a parent, a professional, an admin, and an admin who was suspended. */
  @Test
  void eachEndpointAnswersThoseItIsMeantFor() {
    assertThat(
            new Endpoints(address(), SERVICE)
                .statusesOfEverybody(
                    JdbcClient.create(MigratedDatabase.dataSource(DATABASE)),
                    ServiceUnderTest.TOKENS))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("POST /api/v1/events", List.of(401, 400, 403, 403, 403, 401)),
                entry("POST /api/v1/events/beacon", List.of(401, 401, 401, 401, 401, 401)),
                entry("GET /api/v1/events/refused", List.of(401, 200, 403, 403, 403, 401)),
                entry("GET /api/v1/events/types", List.of(200, 200, 200, 200, 200, 401)),
                entry(
                    "GET /api/v1/events/types/{type}/example",
                    List.of(404, 404, 404, 404, 404, 401)),
                entry(
                    "GET /api/v1/events/types/{type}/schema",
                    List.of(404, 404, 404, 404, 404, 401)),
                entry("GET /api/v1/quarantine", List.of(401, 403, 403, 403, 200, 401)),
                entry("GET /api/v1/quarantine/{id}", List.of(401, 403, 403, 403, 404, 401)),
                entry("POST /api/v1/quarantine/{id}/replay", List.of(401, 403, 403, 403, 404, 401)),
                entry("GET /api/v1/quarantine/counts", List.of(401, 403, 403, 403, 200, 401)),
                entry("POST /api/v1/quarantine/seen", List.of(401, 403, 403, 403, 400, 401)),
                entry("POST /api/v1/quarantine/check", List.of(401, 403, 403, 403, 200, 401)),
                entry("GET /api/v1/quarantine/replays", List.of(401, 403, 403, 403, 200, 401)),
                entry("POST /api/v1/quarantine/replays", List.of(401, 403, 403, 403, 400, 401)),
                entry("GET /api/v1/quarantine/replays/{id}", List.of(401, 403, 403, 403, 404, 401)),
                entry(
                    "POST /api/v1/quarantine/replays/{id}/stop",
                    List.of(401, 403, 403, 403, 404, 401)),
                entry("GET /api/v1/ingest/partitions", List.of(401, 403, 403, 403, 200, 401)),
                entry("GET /api/v1/events/find", List.of(401, 403, 403, 403, 400, 401))));
  }
}
