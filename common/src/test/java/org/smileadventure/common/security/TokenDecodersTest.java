package org.smileadventure.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.OidcIssuer;
import org.smileadventure.common.fixture.TokenIssuer;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens of another issuer, and those of ours beside them. */
class TokenDecodersTest {
  private static final RSAKey RSA = OidcIssuer.rsa();
  private static final RSAKey ANOTHER_RSA = OidcIssuer.rsa();
  private static final ECKey EC = OidcIssuer.ec();

  @AutoClose private final OidcIssuer issuer = new OidcIssuer(RSA, EC);

  private JwtDecoder decoder(String roleClaim) {
    return TokenDecoders.ofBoth("", outside(roleClaim), List.of());
  }

  private OutsideIssuer outside(String roleClaim) {
    return new OutsideIssuer(
        URI.create(issuer.jwksUrl()),
        OidcIssuer.NAME,
        OidcIssuer.AUDIENCE,
        "smile_user",
        roleClaim);
  }

  private static String keycloak(JWK key, JWSAlgorithm algorithm) {
    return OidcIssuer.keycloak(key, algorithm, 7, "parent");
  }

  @Test
  void everyUsualAlgorithmIsChecked() {
    var decoder = decoder("realm_access.roles");
    for (var token :
        List.of(
            keycloak(RSA, JWSAlgorithm.RS256),
            keycloak(RSA, JWSAlgorithm.PS256),
            keycloak(EC, JWSAlgorithm.ES256))) {
      var read = decoder.decode(token);
      assertThat(read.getSubject()).isEqualTo("7");
      assertThat(read.getClaimAsString("role")).isEqualTo("parent");
    }
    assertThatThrownBy(() -> decoder.decode(keycloak(ANOTHER_RSA, JWSAlgorithm.PS256)))
        .isInstanceOf(BadJwtException.class);
  }

  @Test
  void namespacedClaimsOfAuth0AreRead() {
    var claims =
        Map.of(
            "aud",
            List.of(OidcIssuer.AUDIENCE, "https://x.eu.auth0.com/userinfo"),
            "https://smile.example.org/roles",
            List.of("professional"),
            "smile_user",
            7);
    var token = OidcIssuer.signed(RSA, JWSAlgorithm.RS256, "at+jwt", claims);
    var read = decoder("https://smile.example.org/roles").decode(token);
    assertThat(read.getSubject()).isEqualTo("7");
    assertThat(read.getClaimAsString("role")).isEqualTo("professional");
  }

  @Test
  void whoHasNoRoleOfOursHasNone() {
    var decoder = decoder("realm_access.roles");
    var token = OidcIssuer.keycloak(RSA, JWSAlgorithm.RS256, 7, "Parent");
    assertThat(decoder.decode(token).getClaimAsString("role")).isNull();
    // Nor does a claim that happens to be called as ours is.
    var disguised =
        OidcIssuer.signed(
            RSA,
            JWSAlgorithm.RS256,
            "JWT",
            Map.of("aud", OidcIssuer.AUDIENCE, "smile_user", 7, "role", "admin"));
    assertThat(decoder.decode(disguised).getClaimAsString("role")).isNull();
  }

  @Test
  void tokenForSomebodyElseIsRefused() {
    var decoder = decoder("realm_access.roles");
    for (Map<String, ?> claims :
        List.of(
            Map.of("aud", List.of("account"), "smile_user", "7"),
            Map.of("smile_user", "7"),
            Map.of("aud", OidcIssuer.AUDIENCE),
            Map.of("aud", OidcIssuer.AUDIENCE, "smile_user", "x"),
            Map.of("aud", OidcIssuer.AUDIENCE, "smile_user", "7", "iss", "https://else.example"))) {
      var token = OidcIssuer.signed(RSA, JWSAlgorithm.RS256, "JWT", claims);
      assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    }
    var refresh =
        OidcIssuer.signed(
            RSA,
            JWSAlgorithm.RS256,
            "Refresh",
            Map.of("aud", OidcIssuer.AUDIENCE, "smile_user", "7"));
    assertThatThrownBy(() -> decoder.decode(refresh)).isInstanceOf(BadJwtException.class);
  }

  @Test
  void unknownKeysDoNotHaveTheIssuerAskedForEach() {
    var decoder = decoder("realm_access.roles");
    decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
    var forged = keycloak(ANOTHER_RSA, JWSAlgorithm.RS256);
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> decoder.decode(forged)).isInstanceOf(BadJwtException.class);
    }
    assertThat(issuer.asked()).isLessThanOrEqualTo(3);
    decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
  }

  @Test
  void newKeyIsFoundWhenATokenComesWithIt() {
    var decoder = decoder("realm_access.roles");
    decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
    issuer.publish(ANOTHER_RSA, RSA);
    decoder.decode(keycloak(ANOTHER_RSA, JWSAlgorithm.RS256));
    decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
  }

  @Test
  void keysAreKeptWhileTheIssuerIsAway() {
    var decoder = decoder("realm_access.roles");
    decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
    issuer.setAway(true);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> decoder.decode(keycloak(ANOTHER_RSA, JWSAlgorithm.RS256)))
          .isInstanceOf(BadJwtException.class);
      decoder.decode(keycloak(RSA, JWSAlgorithm.RS256));
    }
  }

  @Test
  void beforeItsKeysAreKnownNoTokenIsSaidToBeWrong() {
    issuer.setAway(true);
    var decoder = decoder("realm_access.roles");
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> decoder.decode(keycloak(RSA, JWSAlgorithm.RS256)))
          .isInstanceOf(JwtException.class)
          .isNotInstanceOf(BadJwtException.class);
    }
  }

  @Test
  void devicesComeWithOurTokensBesideIt() {
    try (var ours = new TokenIssuer()) {
      var decoder = TokenDecoders.ofBoth(ours.jwksUrl(), outside("realm_access.roles"), List.of());
      var device = ours.token(Map.of("scope", "ingest", "children", List.of(1)));
      assertThat(decoder.decode(device).getClaimAsString("scope")).isEqualTo("ingest");
      assertThat(decoder.decode(keycloak(RSA, JWSAlgorithm.RS256)).getSubject()).isEqualTo("7");
      // People come with tokens of the issuer that takes the place of our logins.
      assertThatThrownBy(() -> decoder.decode(ours.token("admin")))
          .isInstanceOf(BadJwtException.class);
      assertThatThrownBy(() -> decoder.decode("nonsense")).isInstanceOf(BadJwtException.class);
    }
  }
}
