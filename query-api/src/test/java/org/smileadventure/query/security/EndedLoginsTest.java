package org.smileadventure.query.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.Jwt;

@RealServers
class EndedLoginsTest {
  private static final Duration LIFE = Duration.ofMinutes(30);

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final InstantSource clock = () -> now;
  private final EndedLogins ended =
      new EndedLogins(
          JdbcClient.create(MigratedDatabase.newDataSource()),
          new TokenProperties("", LIFE, LIFE),
          clock);

  @Test
  void loginWhoseEndIsStillToBeCommittedHasEndedAllTheSame() {
    var login = UUID.randomUUID();
    var token =
        Jwt.withTokenValue("x").header("alg", "RS256").claim("sid", login.toString()).build();
    ended.add(login);

    // The transaction that ends it has not committed by now, nor when this is read once more.
    ended.read();
    ended.read();
    assertThat(ended.validate(token).hasErrors()).isTrue();

    now = now.plus(LIFE).plusSeconds(1);
    ended.read();
    assertThat(ended.validate(token).hasErrors()).isFalse();
  }
}
