package org.smileadventure.common.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Prometheus reads the metrics as user {@code prometheus} with a password from the environment: it
 * knows basic authentication, and cannot fetch tokens as people do. Without a password set nobody
 * reads them.
 */
@Configuration(proxyBeanMethods = false)
class MetricsAccess {
  private static final String READER = "prometheus";

  @Bean
  @Order(1)
  SecurityFilterChain metricsFilterChain(
      HttpSecurity http, Refusals refusals, @Value("${smile.metrics-password:}") String password) {
    AuthenticationEntryPoint challenge =
        (request, response, _) -> refusals.askForPassword(request, response);
    var encoder = new BCryptPasswordEncoder(4);
    var readers = new InMemoryUserDetailsManager();
    if (!password.isBlank()) {
      readers.createUser(
          User.withUsername(READER).password(encoder.encode(password)).roles().build());
    }
    var provider = new DaoAuthenticationProvider(readers);
    provider.setPasswordEncoder(encoder);
    return http.securityMatcher("/actuator/prometheus")
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable)
        .authenticationProvider(provider)
        .httpBasic(basic -> basic.authenticationEntryPoint(challenge))
        .exceptionHandling(failures -> failures.authenticationEntryPoint(challenge))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.OPTIONS)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }
}
