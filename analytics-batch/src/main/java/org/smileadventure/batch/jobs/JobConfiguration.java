package org.smileadventure.batch.jobs;

import org.smileadventure.common.service.BearerAccess;
import org.springframework.boot.batch.autoconfigure.BatchTaskExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  /** Jobs run here, so that a request for one is answered at once. */
  @Bean
  @BatchTaskExecutor
  JobThreads jobThreads() {
    return new JobThreads();
  }

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http, JsonMapper json) {
    return BearerAccess.chain(
        http, json, requests -> requests.requestMatchers("/api/v1/jobs/**").hasRole("admin"));
  }
}
