package org.smileadventure.query.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.util.List;
import org.smileadventure.common.security.BearerAccess;
import org.smileadventure.common.security.OutsideIssuer;
import org.smileadventure.common.security.Revocations;
import org.smileadventure.common.security.TokenDecoders;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.web.SecurityFilterChain;

/** Who may ask what, and the key that tokens are signed with. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http) {
    return BearerAccess.chain(
        http,
        requests ->
            requests
                // First what is asked most: rules are looked through in their order.
                .requestMatchers(HttpMethod.GET, "/api/v1/dashboard", "/api/v1/children")
                .hasAnyRole("parent", "professional")
                // What guardians decide and are told.
                .requestMatchers(
                    "/api/v1/children/*/changes",
                    "/api/v1/children/*/guardians",
                    "/api/v1/children/*/guardians/*",
                    "/api/v1/children/*/invitations",
                    "/api/v1/children/*/invitations/*",
                    "/api/v1/children/*/shares",
                    "/api/v1/children/*/shares/*",
                    "/api/v1/children/*/shares/*/looks",
                    "/api/v1/children/*/restriction",
                    "/api/v1/children/*/consents",
                    "/api/v1/children/*/access-log",
                    "/api/v1/invitations/accept")
                .hasRole("parent")
                .requestMatchers(HttpMethod.POST, "/api/v1/children")
                .hasRole("parent")
                .requestMatchers(HttpMethod.PATCH, "/api/v1/children/*")
                .hasRole("parent")
                .requestMatchers(HttpMethod.DELETE, "/api/v1/children/*")
                .hasRole("parent")
                .requestMatchers(HttpMethod.POST, "/api/v1/children/*/phases")
                .hasAnyRole("parent", "professional")
                .requestMatchers(HttpMethod.PATCH, "/api/v1/children/*/phases/*")
                .hasAnyRole("parent", "professional")
                .requestMatchers(HttpMethod.DELETE, "/api/v1/children/*/phases/*")
                .hasAnyRole("parent", "professional")
                .requestMatchers(HttpMethod.GET, "/api/v1/erasures/*")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers(HttpMethod.POST, "/api/v1/erasures", "/api/v1/incidents/exposure")
                .hasRole("admin")
                // Each look of an admin is put on record.
                .requestMatchers(HttpMethod.GET, "/api/v1/children/**", "/api/v1/sessions/*")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers("/health", "/api/v1/auth/jwks")
                .permitAll()
                .requestMatchers(
                    HttpMethod.POST,
                    "/api/v1/auth/token",
                    "/api/v1/auth/refresh",
                    "/api/v1/auth/register",
                    "/api/v1/auth/verify",
                    "/api/v1/auth/verify/resend",
                    "/api/v1/auth/password/forgotten",
                    "/api/v1/auth/password/reset")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/logout", "/api/v1/auth/password")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers("/api/v1/me")
                .hasAnyRole("parent", "professional", "admin")
                .requestMatchers(HttpMethod.GET, "/health/*")
                .hasRole("admin")
                .requestMatchers(
                    HttpMethod.GET,
                    "/api/v1/privacy/retention",
                    "/api/v1/shared",
                    "/api/v1/shared/report",
                    "/api/v1/shared/pictures/*")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/audit", "/api/v1/operations/*")
                .hasRole("admin")
                .requestMatchers("/api/v1/users/**", "/api/v1/users")
                .hasRole("admin")
                .requestMatchers("/api/v1/assignments/**", "/api/v1/assignments")
                .hasRole("admin")
                .requestMatchers(HttpMethod.POST, "/api/v1/auth/device-token")
                .hasRole("parent")
                .requestMatchers("/api/v1/devices", "/api/v1/devices/*")
                .hasRole("parent")
                .requestMatchers(HttpMethod.POST, "/api/v1/revocations")
                .hasRole("admin")
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
  @OwnKeys
  SigningKeys signingKeys(TokenProperties properties) {
    return SigningKeys.of(properties.privateKey());
  }

  @Bean
  @OwnKeys
  JwtEncoder jwtEncoder(SigningKeys keys) {
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(keys.newest())));
  }

  @Bean
  JwtDecoder jwtDecoder(
      ObjectProvider<SigningKeys> keys, OutsideIssuer outside, Revocations revocations) {
    return outside.jwksUrl() == null
        ? TokenDecoders.ofOurs(
            new ImmutableJWKSet<>(keys.getObject().published()), List.of(revocations))
        : TokenDecoders.of(outside, outside.jwksUrl(), List.of(revocations));
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
