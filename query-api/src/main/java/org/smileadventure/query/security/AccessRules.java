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
import java.util.Collection;
import org.smileadventure.common.service.BearerAccess;
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
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
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
                .requestMatchers("/health", "/api/v1/auth/jwks")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/token")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/device-token")
                .hasRole("parent")
                .requestMatchers(HttpMethod.GET, "/v3/api-docs")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/dashboard", "/api/v1/children")
                .hasAnyRole("parent", "professional")
                // Each look of an admin is put on record.
                .requestMatchers(HttpMethod.GET, "/api/v1/children/**", "/api/v1/sessions/*")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers(HttpMethod.PUT, "/api/v1/sessions/*/rating")
                .hasRole("parent")
                .requestMatchers(
                    HttpMethod.GET, "/api/v1/population", "/api/v1/treatments", "/api/v1/insights")
                .hasAnyRole("professional", "admin")
                .requestMatchers(HttpMethod.POST, "/api/v1/cohorts/compare")
                .hasAnyRole("professional", "admin")
                .requestMatchers(HttpMethod.GET, "/api/v1/platform")
                .hasRole("admin"));
  }

  @Bean
  RSAKey signingKey(TokenProperties properties) throws GeneralSecurityException, JOSEException {
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
  JwtEncoder jwtEncoder(RSAKey signingKey) {
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(signingKey)));
  }

  @Bean
  JwtDecoder jwtDecoder(RSAKey signingKey) throws JOSEException {
    var decoder = NimbusJwtDecoder.withPublicKey(signingKey.toRSAPublicKey()).build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(TokenSigner.ISSUER),
            new JwtClaimValidator<String>(
                JwtClaimNames.SUB,
                subject -> subject != null && subject.matches("[1-9][0-9]{0,17}")),
            new JwtClaimValidator<Collection<String>>(
                JwtClaimNames.AUD,
                audience -> audience != null && audience.contains(TokenSigner.AUDIENCE))));
    return decoder;
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
