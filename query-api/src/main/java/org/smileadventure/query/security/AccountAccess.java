package org.smileadventure.query.security;

import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Shuts out an account with all that it has tokens for, in all services, and lets it in again. */
@Component
public class AccountAccess {
  private final Logins logins;
  private final RevocationRows revocations;
  private final TokenProperties properties;
  private final InstantSource clock;

  AccountAccess(
      Logins logins, RevocationRows revocations, TokenProperties properties, InstantSource clock) {
    this.logins = logins;
    this.revocations = revocations;
    this.properties = properties;
    this.clock = clock;
  }

  /** No token of this account is accepted any more, of a device neither. */
  public void end(long user) {
    logins.endAll(user, null, Logins.Reason.ACCOUNT);
    revocations.revoke("user:" + user, properties.lastExpiryOfDevice(clock.instant()));
  }

  /** Tokens of its devices are accepted again, and it can log in. */
  public void begin(long user) {
    revocations.accept("user:" + user, properties.lastExpiryOfDevice(clock.instant()));
  }
}
