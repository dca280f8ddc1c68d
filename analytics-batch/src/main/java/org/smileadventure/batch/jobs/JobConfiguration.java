package org.smileadventure.batch.jobs;

import org.smileadventure.common.service.BearerAccess;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  /** Of all jobs that are beans. */
  @Bean
  JobRegistry jobRegistry() {
    return new MapJobRegistry();
  }

  @Bean
  @ConditionalOnWebApplication
  SecurityFilterChain filterChain(
      HttpSecurity http,
      JsonMapper json,
      @Value("${spring.security.oauth2.resourceserver.jwt.jwk-set-uri}") String keys) {
    if (keys.isBlank()) {
      throw new IllegalStateException(
          "SMILE_JWKS_URL is not set; the web server needs the keys of query-api, as"
              + " http://HOST:PORT/api/v1/auth/jwks");
    }
    return BearerAccess.chain(
        http, json, requests -> requests.requestMatchers("/api/v1/jobs/**").hasRole("admin"));
  }
}
