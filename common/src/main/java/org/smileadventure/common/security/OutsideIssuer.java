package org.smileadventure.common.security;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An issuer of tokens (OpenID Connect) that takes the place of our own logins, if one is set. Every
 * service has the same settings for it.
 *
 * @param jwksUrl where its keys are; null: people come with our tokens, and with no others
 * @param issuer what its tokens say they are from
 * @param audience what its tokens for us say they are for
 * @param userClaim the claim with the number of our account. This name and the next may lead into
 *     an object, as {@code realm_access.roles}
 * @param roleClaim the claim with the role, or with a list that has it among others
 */
@ConfigurationProperties("smile.oidc")
public record OutsideIssuer(
    @Nullable URI jwksUrl,
    @DefaultValue("") String issuer,
    @DefaultValue("smile-analytics") String audience,
    @DefaultValue("smile_user") String userClaim,
    @DefaultValue("smile_role") String roleClaim) {

  /** Our roles; of somebody who has several, the first of these counts. */
  static final List<String> ROLES = List.of("admin", "professional", "parent");

  public OutsideIssuer {
    if (jwksUrl != null && issuer.isBlank()) {
      throw new IllegalArgumentException(
          "SMILE_OIDC_ISSUER is not set: expected what the tokens of SMILE_OIDC_JWKS_URL say in iss");
    }
  }
}
