package org.smileadventure.batch.jobs;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.batch.ServiceUnderTest;
import org.smileadventure.common.fixture.BrokenInput;
import org.smileadventure.common.fixture.HttpContract;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;

@RealServers
class JobHttpTest extends HttpContract {
  @AutoClose
  private static final ServiceUnderTest SERVICE =
      new ServiceUnderTest(MigratedDatabase.newUrl(), "smile.http.allowed-origins=" + ORIGIN);

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
}
