package org.smileadventure.query.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * Refuses the access tokens of logins that have ended. What ended on another instance is known a
 * second later, without a question to the database for each request; while the database is away,
 * what ended meanwhile is not known, but then nobody can end anything either. The other services do
 * not ask: they accept a token until it expires.
 */
@Component
class EndedLogins implements OAuth2TokenValidator<Jwt> {
  private static final Logger log = LoggerFactory.getLogger(EndedLogins.class);

  private final JdbcClient jdbc;
  private final TokenProperties properties;
  private final InstantSource clock;
  private volatile Set<String> ended = Set.of();
  private final Map<String, Instant> endedHere = new ConcurrentHashMap<>();

  EndedLogins(JdbcClient jdbc, TokenProperties properties, InstantSource clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    var login = token.getClaimAsString(Logins.LOGIN_CLAIM);
    return login != null && (ended.contains(login) || endedHere.containsKey(login))
        ? OAuth2TokenValidatorResult.failure(
            new OAuth2Error("invalid_token", "the login of this token has ended", null))
        : OAuth2TokenValidatorResult.success();
  }

  /** Known at once to this instance, even if it is still to be committed. */
  void add(UUID login) {
    endedHere.put(login.toString(), clock.instant());
  }

  @Scheduled(fixedDelay = 1_000)
  void read() {
    try {
      var since = clock.instant().minus(properties.life());
      ended =
          jdbc.sql("SELECT id FROM auth_logins WHERE ended_at > :since::timestamptz")
              .param("since", since.toString())
              .query((row, _) -> row.getString(1))
              .set();
      // Whether what ended here is committed by now is not known, so it is kept for as long as its
      // tokens are good. If it never is, whoever has them logs in again.
      endedHere.values().removeIf(since::isAfter);
    } catch (DataAccessException e) {
      log.warn(
          "ended logins are not known: {}",
          NestedExceptionUtils.getMostSpecificCause(e).toString());
    }
  }
}
