package org.smileadventure.common.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Whose tokens are accepted, and what has to be in them. */
public final class TokenDecoders {
  /** What our own tokens say they are from, and for whom. */
  public static final String OURS = "smile-analytics";

  private TokenDecoders() {}

  /** Of tokens that we signed, checked with these keys and in these further ways. */
  public static JwtDecoder ofOurs(
      JWKSource<SecurityContext> keys, List<OAuth2TokenValidator<Jwt>> further) {
    var decoder =
        NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
    decoder.setJwtValidator(accepted(OURS, OURS, further));
    return decoder;
  }

  /**
   * Of tokens that another issuer signed, with our claims in the place of its own, and checked in
   * these further ways.
   */
  public static JwtDecoder of(
      OutsideIssuer issuer, URI keys, List<OAuth2TokenValidator<Jwt>> further) {
    var decoder =
        NimbusJwtDecoder.withJwkSource(new RemoteKeys(keys))
            .jwsAlgorithms(algorithms -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
            .build();
    decoder.setClaimSetConverter(new OutsideClaims(issuer));
    decoder.setJwtValidator(accepted(issuer.issuer(), issuer.audience(), further));
    return decoder;
  }

  /**
   * For a service that makes no tokens. Where another issuer takes the place of our logins, devices
   * still come with tokens of ours, if there are any keys to check them with.
   *
   * @param oursAt where query-api tells its keys; empty: tokens of ours are not accepted
   * @param further how tokens of both are checked beside
   */
  public static JwtDecoder ofBoth(
      String oursAt, OutsideIssuer outside, List<OAuth2TokenValidator<Jwt>> further) {
    var ours = oursAt.isBlank() ? null : URI.create(oursAt);
    if (outside.jwksUrl() == null) {
      if (ours == null) {
        throw new IllegalStateException(
            "SMILE_JWKS_URL is not set; expected the keys of query-api, as"
                + " http://HOST:PORT/api/v1/auth/jwks, or SMILE_OIDC_JWKS_URL");
      }
      return ofOurs(new RemoteKeys(ours), further);
    }
    var others = of(outside, outside.jwksUrl(), further);
    if (ours == null) {
      return others;
    }
    var ofDevices = new ArrayList<>(further);
    ofDevices.add(
        token ->
            token.hasClaim(BearerAccess.ROLE_CLAIM)
                ? OAuth2TokenValidatorResult.failure(
                    new OAuth2Error("invalid_token", "people have tokens of another issuer", null))
                : OAuth2TokenValidatorResult.success());
    var devices = ofOurs(new RemoteKeys(ours), ofDevices);
    return token -> (OURS.equals(issuer(token)) ? devices : others).decode(token);
  }

  private static @Nullable String issuer(String token) {
    try {
      return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
    } catch (ParseException e) {
      throw new BadJwtException("this is no token", e);
    }
  }

  private static OAuth2TokenValidator<Jwt> accepted(
      String issuer, String audience, List<OAuth2TokenValidator<Jwt>> further) {
    var type = new JwtTypeValidator("JWT", "at+jwt");
    type.setAllowEmpty(true);
    var validators = new ArrayList<>(further);
    validators.add(type);
    validators.add(new JwtTimestampValidator());
    validators.add(new JwtIssuerValidator(issuer));
    validators.add(
        new JwtClaimValidator<String>(
            JwtClaimNames.SUB, subject -> subject != null && subject.matches("[1-9][0-9]{0,17}")));
    validators.add(
        new JwtClaimValidator<Collection<String>>(
            JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(audience)));
    return new DelegatingOAuth2TokenValidator<>(validators);
  }
}
