package org.smileadventure.query;

import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.smileadventure.common.fixture.HttpContract;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

@RealServers
class QueryHttpTest extends HttpContract {
  @AutoClose
  private static final ServiceUnderTest SERVICE =
      ServiceUnderTest.start("--smile.http.allowed-origins=" + ORIGIN);

  private static final ServiceUnderTest.Family FAMILY = SERVICE.family("Europe/Rome");

  @Override
  protected URI address() {
    return SERVICE.address();
  }

  @Override
  protected String readable() {
    return FAMILY.sessions();
  }

  @Override
  protected String writable() {
    return "/api/v1/auth/token";
  }

  @Override
  protected String token(String path) {
    return FAMILY.token();
  }
}
