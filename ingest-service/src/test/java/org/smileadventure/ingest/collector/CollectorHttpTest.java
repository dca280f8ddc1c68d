package org.smileadventure.ingest.collector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.BrokenInput;
import org.smileadventure.common.fixture.HttpContract;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.ingest.fixture.EventTopic;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.smileadventure.localstack.LocalStack;
import org.smileadventure.localstack.RealServers;
import org.springframework.context.ConfigurableApplicationContext;

@RealServers
class CollectorHttpTest extends HttpContract {
  @AutoClose private static final EventTopic TOPIC = new EventTopic();

  @AutoClose
  private static final ConfigurableApplicationContext SERVICE =
      new ServiceUnderTest(MigratedDatabase.newUrl(), LocalStack.shared().redis(), TOPIC.name())
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
}
