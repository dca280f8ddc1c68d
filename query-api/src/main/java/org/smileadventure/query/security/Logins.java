package org.smileadventure.query.security;

import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.security.Revocations;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Logins and their refresh tokens. Each statement decides by itself, so that of two who come with
 * the same token at the same moment exactly one gets the next.
 */
@Component
public class Logins {
  /** The claim that tells of which login a token is. */
  public static final String LOGIN_CLAIM = "sid";

  private static final String END = SqlFile.read(Logins.class, "end-logins.sql");
  private static final Duration LIFE = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final Revocations revocations;
  private final TokenProperties properties;
  private final InstantSource clock;

  Logins(
      JdbcClient jdbc, Revocations revocations, TokenProperties properties, InstantSource clock) {
    this.jdbc = jdbc;
    this.revocations = revocations;
    this.properties = properties;
    this.clock = clock;
  }

  /** Why logins ended. */
  public enum Reason {
    LOGOUT,
    REUSE,
    PASSWORD,
    ACCOUNT;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A login with the refresh token that is the next to be used. */
  record Login(UUID id, long user, String role, String refreshToken) {}

  /** Takes note of the right password; returns whether the account is not locked by an operator. */
  public boolean succeeded(long user) {
    return jdbc.sql(
                """
                UPDATE auth_users
                SET locked_until = NULL, last_login_at = :now::timestamptz
                WHERE id = :user AND (locked_until IS NULL OR locked_until <= :now::timestamptz)
                """)
            .param("user", user)
            .param("now", now())
            .update()
        == 1;
  }

  @Transactional
  Login begin(long user, String role) {
    var id =
        jdbc.sql(
                """
                INSERT INTO auth_logins (id, user_id, created_at, expires_at)
                VALUES (uuidv7(), :user, :now::timestamptz, :expires::timestamptz)
                RETURNING id
                """)
            .param("user", user)
            .param("now", now())
            .param("expires", clock.instant().plus(LIFE).toString())
            .query(UUID.class)
            .single();
    return new Login(id, user, role, issue(id));
  }

  private record Known(UUID loginId, long userId, String role, boolean used, boolean valid) {}

  /**
   * The login with its next refresh token; empty if this one is not known, has expired or belongs
   * to a login that has ended or to an account that is not in use. One that was used before ends
   * the login: somebody has a copy.
   */
  @Transactional
  Optional<Login> refresh(String token) {
    var found =
        jdbc.sql(
                """
                SELECT t.login_id, l.user_id, u.role, t.used_at IS NOT NULL AS used,
                       l.ended_at IS NULL AND l.expires_at > :now::timestamptz
                         AND u.is_active AND u.status = 'active' AS valid
                FROM auth_refresh_tokens t
                JOIN auth_logins l ON l.id = t.login_id
                JOIN auth_users u ON u.id = l.user_id
                WHERE t.digest = :digest
                FOR UPDATE OF t, l
                """)
            .param("digest", new RandomToken(token).digest())
            .param("now", now())
            .query(Known.class)
            .optional();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var known = found.get();
    if (known.used()) {
      end(known.loginId(), Reason.REUSE);
      return Optional.empty();
    }
    if (!known.valid()) {
      return Optional.empty();
    }
    jdbc.sql("UPDATE auth_refresh_tokens SET used_at = :now::timestamptz WHERE digest = :digest")
        .param("now", now())
        .param("digest", new RandomToken(token).digest())
        .update();
    return Optional.of(
        new Login(known.loginId(), known.userId(), known.role(), issue(known.loginId())));
  }

  /** Ends a login; one that has ended already stays as it is. */
  @Transactional
  public void end(UUID login, Reason reason) {
    end(login, null, null, reason);
  }

  /**
   * Ends all logins of a user but one.
   *
   * @param but null: all of them
   */
  @Transactional
  public void endAll(long user, @Nullable UUID but, Reason reason) {
    end(null, user, but, reason);
  }

  private void end(@Nullable UUID login, @Nullable Long user, @Nullable UUID but, Reason reason) {
    jdbc.sql(END)
        .param("login", login, Types.OTHER)
        .param("user", user, Types.BIGINT)
        .param("but", but, Types.OTHER)
        .param("now", now())
        .param("until", properties.lastExpiry(clock.instant()).toString())
        .param("reason", reason.wireName())
        .query((row, _) -> row.getString("subject"))
        .list()
        .forEach(revocations::note);
  }

  private String issue(UUID login) {
    var token = RandomToken.create();
    jdbc.sql(
            "INSERT INTO auth_refresh_tokens (digest, login_id, issued_at) VALUES (:digest, :login, :now::timestamptz)")
        .param("digest", token.digest())
        .param("login", login)
        .param("now", now())
        .update();
    return token.text();
  }

  private String now() {
    return clock.instant().toString();
  }
}
