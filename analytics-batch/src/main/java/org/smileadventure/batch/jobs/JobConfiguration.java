package org.smileadventure.batch.jobs;

import java.util.List;
import org.smileadventure.common.security.BearerAccess;
import org.smileadventure.common.security.OutsideIssuer;
import org.smileadventure.common.security.Revocations;
import org.smileadventure.common.security.TokenDecoders;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  /** Of all jobs that are beans. */
  @Bean
  JobRegistry jobRegistry() {
    return new MapJobRegistry();
  }

  @Bean
  @ConditionalOnWebApplication
  JwtDecoder jwtDecoder(
      @Value("${smile.jwks-url}") String ours, OutsideIssuer outside, Revocations revocations) {
    return TokenDecoders.ofBoth(ours, outside, List.of(revocations));
  }

  @Bean
  @ConditionalOnWebApplication
  SecurityFilterChain filterChain(HttpSecurity http) {
    return BearerAccess.chain(
        http, requests -> requests.requestMatchers("/api/v1/jobs/**").hasRole("admin"));
  }
}
