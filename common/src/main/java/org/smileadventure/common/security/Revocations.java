package org.smileadventure.common.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * What is not accepted any more, though its token says otherwise: logins that have ended, devices
 * that were taken back, accounts that are not in use, children that were erased, and tokens of an
 * outside issuer. All that is in force is held here, so that no request asks the database; what
 * changes is known within a second. While the database is away what was known stays.
 */
public class Revocations implements OAuth2TokenValidator<Jwt> {
  private static final Logger log = LoggerFactory.getLogger(Revocations.class);
  private static final String READ = SqlFile.read(Revocations.class, "read-revocations.sql");

  /** The claim that tells of which login a token is, ours and those of OpenID Connect alike. */
  private static final String LOGIN_CLAIM = "sid";

  /** Longer than a transaction can go on of which nothing is heard. */
  private static final Duration TO_COMMIT = Duration.ofMinutes(2);

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  private final Map<String, Instant> noted = new ConcurrentHashMap<>();

  /** By the clock of the database. */
  private String askedAt = "-infinity";

  private boolean away;
  private volatile Instant readAt = Instant.MIN;

  /** Reads all that is in force: who cannot be told of revocations must not begin. */
  public Revocations(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    read();
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    return names(JwtClaimNames.JTI, "device:", "jti:", token)
            || names(LOGIN_CLAIM, "login:", "sid:", token)
            || names(JwtClaimNames.SUB, "user:", "user:", token)
        ? OAuth2TokenValidatorResult.failure(
            new OAuth2Error("invalid_token", "this token was revoked", null))
        : OAuth2TokenValidatorResult.success();
  }

  private boolean names(String claim, String ours, String others, Jwt token) {
    return token.getClaim(claim) instanceof String value
        && (isRevoked(ours + value) || isRevoked(others + value));
  }

  /** Whether all about this child was erased, or is about to be. */
  public boolean erased(ChildId child) {
    return isRevoked("child:" + child);
  }

  private boolean isRevoked(String subject) {
    return revoked.containsKey(subject) || noted.containsKey(subject);
  }

  /**
   * Has this instance know it at once. To be called by whoever writes the row, in the same
   * transaction; should that not be committed, it is accepted again after some minutes.
   */
  public void note(String subject) {
    noted.put(subject, clock.instant().plus(TO_COMMIT));
  }

  /**
   * Forgets what was noted, as it is accepted again: the row that says so is in the transaction.
   */
  public void forget(String subject) {
    noted.remove(subject);
  }

  @Scheduled(fixedDelayString = "${smile.revocations.read-every:300ms}")
  void poll() {
    try {
      read();
      away = false;
    } catch (DataAccessException e) {
      if (!away) {
        log.warn(
            "what is revoked now is not known: {}",
            NestedExceptionUtils.getMostSpecificCause(e).toString());
      }
      away = true;
    }
  }

  private void read() {
    var now = clock.instant();
    jdbc.sql(READ)
        .param("since", askedAt)
        .param("now", now.toString())
        .query(
            row -> {
              askedAt = row.getString("asked_at");
              var subject = row.getString("subject");
              if (subject != null) {
                change(
                    subject,
                    row.getBoolean("revoked"),
                    row.getObject("until", OffsetDateTime.class));
              }
            });
    readAt = now;
    revoked.values().removeIf(until -> !until.isAfter(now));
    noted.values().removeIf(until -> !until.isAfter(now));
  }

  /** For how long nothing has been heard of what is revoked, in seconds. */
  double ageSeconds() {
    return Duration.between(readAt, clock.instant()).toMillis() / 1e3;
  }

  private void change(String subject, boolean isRevoked, @Nullable OffsetDateTime until) {
    if (isRevoked) {
      revoked.put(subject, Objects.requireNonNull(until).toInstant());
      noted.remove(subject);
    } else {
      revoked.remove(subject);
    }
  }
}
