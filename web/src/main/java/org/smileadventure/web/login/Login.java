package org.smileadventure.web.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * A login at the API, as the server's session keeps it. Its tokens never leave the server.
 * Thread-safe: of requests at the same time one gets new tokens, and the others wait for them, as a
 * refresh token is good for once.
 */
public final class Login {
  /** Before its end an access token is not used any more, as the way to the API takes time. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  private final Account account;
  private final InstantSource clock;
  private Tokens tokens;
  private Instant accessUntil;

  Login(Account account, Tokens tokens, InstantSource clock) {
    this.account = account;
    this.clock = clock;
    this.tokens = tokens;
    this.accessUntil = until(tokens);
  }

  /**
   * Tokens of a login.
   *
   * @param expiresIn seconds for which the access token is accepted
   */
  public record Tokens(String accessToken, long expiresIn, String refreshToken) {}

  /**
   * Whose login it is.
   *
   * @param role parent, professional or admin
   */
  public record Account(long id, String role, String firstName, String lastName, String language) {
    public boolean isParent() {
      return role.equals("parent");
    }

    public boolean isAdmin() {
      return role.equals("admin");
    }
  }

  public Account account() {
    return account;
  }

  /** An access token that is good for a while; {@code refresh} makes tokens of a refresh token. */
  public synchronized String accessToken(Function<String, Tokens> refresh) {
    if (!clock.instant().isBefore(accessUntil)) {
      tokens = refresh.apply(tokens.refreshToken());
      accessUntil = until(tokens);
    }
    return tokens.accessToken();
  }

  private Instant until(Tokens tokens) {
    return clock.instant().plusSeconds(tokens.expiresIn()).minus(MARGIN);
  }
}
