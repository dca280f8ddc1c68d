package org.smileadventure.ingest;

import org.smileadventure.common.service.BearerAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Devices may send events, everybody may read what events look like, admins see the quarantine. */
@Configuration(proxyBeanMethods = false)
class AccessRules {

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http, JsonMapper json) {
    return BearerAccess.chain(
        http.cors(Customizer.withDefaults()),
        json,
        requests ->
            requests
                .requestMatchers(HttpMethod.POST, "/api/v1/events")
                .hasAuthority("SCOPE_ingest")
                .requestMatchers(HttpMethod.GET, "/api/v1/events/refused")
                .hasAuthority("SCOPE_ingest")
                .requestMatchers(HttpMethod.GET, "/api/v1/events/types/**")
                .permitAll()
                .requestMatchers("/api/v1/quarantine/**")
                .hasRole("admin"));
  }
}
