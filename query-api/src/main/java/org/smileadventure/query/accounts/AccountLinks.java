package org.smileadventure.query.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.security.RandomToken;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links that are mailed, each good for one use: whoever comes with one reads the account's mail.
 */
@Component
class AccountLinks {
  /**
   * So that nobody is buried in mail that somebody else asks for. Who is kept from another link has
   * those before it.
   */
  private static final int MOST_IN_AN_HOUR = 5;

  private final JdbcClient jdbc;
  private final InstantSource clock;

  AccountLinks(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What a link is for. */
  enum Purpose {
    VERIFY(Duration.ofDays(3)),
    PASSWORD(Duration.ofHours(1));

    private final Duration life;

    Purpose(Duration life) {
      this.life = life;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A new link; empty if there were enough of them lately. */
  Optional<RandomToken> issue(long user, Purpose purpose) {
    var token = RandomToken.create();
    var now = clock.instant();
    var isIssued =
        jdbc.sql(
                    """
                    INSERT INTO account_links (digest, user_id, purpose, created_at, expires_at)
                    SELECT :digest, :user, :purpose, :now::timestamptz, :expires::timestamptz
                    WHERE (SELECT count(*) FROM account_links
                           WHERE user_id = :user AND purpose = :purpose
                             AND created_at > :now::timestamptz - interval '1 hour') < :most
                    """)
                .param("digest", token.digest())
                .param("user", user)
                .param("purpose", purpose.wireName())
                .param("now", now.toString())
                .param("expires", now.plus(purpose.life).toString())
                .param("most", MOST_IN_AN_HOUR)
                .update()
            == 1;
    return isIssued ? Optional.of(token) : Optional.empty();
  }

  private record State(@Nullable Instant usedAt) {}

  /**
   * Uses a link up; returns whose it is. Of two who come with one at the same moment one gets it.
   *
   * @throws ProblemException if it is not good, and says why
   */
  long use(RandomToken token, Purpose purpose) {
    return jdbc.sql(
            """
            UPDATE account_links SET used_at = :now::timestamptz
            WHERE digest = :digest AND purpose = :purpose AND used_at IS NULL AND expires_at > :now::timestamptz
            RETURNING user_id
            """)
        .param("digest", token.digest())
        .param("purpose", purpose.wireName())
        .param("now", clock.instant().toString())
        .query(Long.class)
        .optional()
        .orElseThrow(() -> refused(token, purpose));
  }

  /** None of an account's links is good any more. */
  void useUp(long user) {
    jdbc.sql(
            """
            UPDATE account_links SET used_at = :now::timestamptz WHERE user_id = :user AND used_at IS NULL
            """)
        .param("user", user)
        .param("now", clock.instant().toString())
        .update();
  }

  private ProblemException refused(RandomToken token, Purpose purpose) {
    var known =
        jdbc.sql("SELECT used_at FROM account_links WHERE digest = :digest AND purpose = :purpose")
            .param("digest", token.digest())
            .param("purpose", purpose.wireName())
            .query(State.class)
            .optional();
    if (known.isEmpty()) {
      return new ProblemException(
              HttpStatus.NOT_FOUND, "there is no such link; is it whole, as it stands in the mail?")
          .with("reason", "unknown");
    }
    return known.get().usedAt() == null
        ? new ProblemException(HttpStatus.GONE, "the link has expired; ask for another one")
            .with("reason", "expired")
        : new ProblemException(
                HttpStatus.GONE, "the link was used before, or another one was; ask for a new one")
            .with("reason", "used");
  }
}
