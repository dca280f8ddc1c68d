package org.smileadventure.query.security;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are made.
 *
 * @param privateKey RSA keys, PKCS#8 in PEM, the newest first; all instances share them. Empty only
 *     where an outside issuer makes the tokens
 * @param life how long a token is accepted
 * @param deviceLife how long the token of a device is accepted
 */
@Validated
@ConfigurationProperties("smile.token")
record TokenProperties(
    @DefaultValue("") String privateKey,
    @DefaultValue("30m") Duration life,
    @DefaultValue("30d") Duration deviceLife) {

  // For so long after it has expired a token is still accepted, as clocks differ.
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** When no access token is accepted any more that was made by then. */
  Instant lastExpiry(Instant made) {
    return made.plus(life).plus(LEEWAY);
  }

  /** When no token at all is accepted any more that was made by then. */
  Instant lastExpiryOfDevice(Instant made) {
    return made.plus(deviceLife).plus(LEEWAY);
  }

  @Override
  public String toString() {
    return "TokenProperties[privateKey=***, life=" + life + ", deviceLife=" + deviceLife + "]";
  }
}
