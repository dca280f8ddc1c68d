package org.smileadventure.query.security;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An issuer of tokens (OpenID Connect) that takes the place of our own, if one is set.
 *
 * @param jwksUrl where its keys are; null: our tokens are accepted, and no others
 * @param issuer what its tokens say they are from
 * @param audience what its tokens for us say they are for
 * @param userClaim the claim with the number of our account
 * @param roleClaim the claim with the role: parent, professional or admin
 */
@ConfigurationProperties("smile.oidc")
record OutsideIssuer(
    @Nullable URI jwksUrl,
    @DefaultValue("") String issuer,
    @DefaultValue("smile-analytics") String audience,
    @DefaultValue("smile_user") String userClaim,
    @DefaultValue("smile_role") String roleClaim) {}
