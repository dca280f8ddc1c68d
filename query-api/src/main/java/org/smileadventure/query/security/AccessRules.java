package org.smileadventure.query.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.service.BearerAccess;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Who may ask what, and the key that tokens are signed with. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http, JsonMapper json) {
    return BearerAccess.chain(
        http,
        json,
        requests ->
            requests
                // First what is asked most: rules are looked through in their order.
                .requestMatchers(HttpMethod.GET, "/api/v1/dashboard", "/api/v1/children")
                .hasAnyRole("parent", "professional")
                // Each look of an admin is put on record.
                .requestMatchers(HttpMethod.GET, "/api/v1/children/**", "/api/v1/sessions/*")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers("/health", "/api/v1/auth/jwks")
                .permitAll()
                .requestMatchers(
                    HttpMethod.POST,
                    "/api/v1/auth/token",
                    "/api/v1/auth/refresh",
                    "/api/v1/auth/register")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/logout", "/api/v1/auth/password")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers(HttpMethod.GET, "/health/*")
                .hasRole("admin")
                .requestMatchers("/api/v1/users/**", "/api/v1/users")
                .hasRole("admin")
                .requestMatchers("/api/v1/assignments/**", "/api/v1/assignments")
                .hasRole("admin")
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/device-token")
                .hasRole("parent")
                .requestMatchers(HttpMethod.GET, "/v3/api-docs")
                .permitAll()
                .requestMatchers(HttpMethod.PUT, "/api/v1/sessions/*/rating")
                .hasRole("parent")
                .requestMatchers(
                    HttpMethod.GET,
                    "/api/v1/population",
                    "/api/v1/population/export",
                    "/api/v1/treatments",
                    "/api/v1/insights")
                .hasAnyRole("professional", "admin")
                .requestMatchers(HttpMethod.POST, "/api/v1/cohorts/compare")
                .hasAnyRole("professional", "admin")
                .requestMatchers(HttpMethod.GET, "/api/v1/platform")
                .hasRole("admin"));
  }

  @Bean
  @OwnTokens
  RSAKey signingKey(TokenProperties properties) throws GeneralSecurityException, JOSEException {
    if (properties.privateKey().isBlank()) {
      throw new IllegalStateException(
          "smile.token.private-key is missing: expected an RSA key, PKCS#8 in PEM, in SMILE_TOKEN_PRIVATE_KEY");
    }
    var pem = properties.privateKey().getBytes(StandardCharsets.US_ASCII);
    var privateKey =
        (RSAPrivateCrtKey) RsaKeyConverters.pkcs8().convert(new ByteArrayInputStream(pem));
    var publicKey =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(
                    new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
    return new RSAKey.Builder(publicKey).privateKey(privateKey).keyIDFromThumbprint().build();
  }

  @Bean
  @OwnTokens
  JwtEncoder jwtEncoder(RSAKey signingKey) {
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(signingKey)));
  }

  @Bean
  JwtDecoder jwtDecoder(
      ObjectProvider<RSAKey> signingKey, OutsideIssuer outside, EndedLogins endedLogins)
      throws JOSEException {
    if (outside.jwksUrl() == null) {
      var decoder = NimbusJwtDecoder.withPublicKey(signingKey.getObject().toRSAPublicKey()).build();
      decoder.setJwtValidator(
          accepted(TokenSigner.ISSUER, TokenSigner.AUDIENCE, List.of(endedLogins)));
      return decoder;
    }
    var decoder = NimbusJwtDecoder.withJwkSetUri(outside.jwksUrl().toString()).build();
    decoder.setClaimSetConverter(
        claims -> {
          var ours =
              new HashMap<>(MappedJwtClaimSetConverter.withDefaults(Map.of()).convert(claims));
          ours.put(JwtClaimNames.SUB, String.valueOf(claims.get(outside.userClaim())));
          ours.put(BearerAccess.ROLE_CLAIM, String.valueOf(claims.get(outside.roleClaim())));
          return ours;
        });
    decoder.setJwtValidator(accepted(outside.issuer(), outside.audience(), List.of()));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> accepted(
      String issuer, String audience, List<OAuth2TokenValidator<Jwt>> further) {
    var validators = new ArrayList<>(further);
    validators.add(JwtValidators.createDefaultWithIssuer(issuer));
    validators.add(
        new JwtClaimValidator<String>(
            JwtClaimNames.SUB, subject -> subject != null && subject.matches("[1-9][0-9]{0,17}")));
    validators.add(
        new JwtClaimValidator<Collection<String>>(
            JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(audience)));
    return new DelegatingOAuth2TokenValidator<>(validators);
  }

  // A hash that does not name its algorithm is one of BCrypt, as the origin stores them. One that
  // cannot be read at all matches no password.
  @Bean
  PasswordEncoder passwordEncoder() {
    var encoder =
        (DelegatingPasswordEncoder) PasswordEncoderFactories.createDelegatingPasswordEncoder();
    encoder.setDefaultPasswordEncoderForMatches(new BCryptPasswordEncoder());
    return encoder;
  }
}
