package org.smileadventure.ingest;

import java.util.List;
import org.smileadventure.common.security.BearerAccess;
import org.smileadventure.common.security.OutsideIssuer;
import org.smileadventure.common.security.Revocations;
import org.smileadventure.common.security.TokenDecoders;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Devices may send events, everybody may read what events look like, admins see how it goes. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

  @Bean
  JwtDecoder jwtDecoder(
      @Value("${smile.jwks-url}") String ours, OutsideIssuer outside, Revocations revocations) {
    return TokenDecoders.ofBoth(ours, outside, List.of(revocations));
  }

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http) {
    return BearerAccess.chain(
        http,
        requests ->
            requests
                .requestMatchers(HttpMethod.POST, "/api/v1/events")
                .hasAuthority("SCOPE_ingest")
                .requestMatchers(HttpMethod.GET, "/api/v1/events/refused")
                .hasAuthority("SCOPE_ingest")
                // It looks for the token where a beacon can have it.
                .requestMatchers(HttpMethod.POST, "/api/v1/events/beacon")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/events/types/**")
                .permitAll()
                .requestMatchers("/api/v1/quarantine/**", "/api/v1/ingest/**")
                .hasRole("admin")
                .requestMatchers(HttpMethod.GET, "/api/v1/events/find")
                .hasRole("admin"));
  }
}
