package org.smileadventure.common.service;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Prometheus reads the metrics as user {@code prometheus} with a password from the environment: it
 * knows basic authentication, and cannot fetch tokens as people do. Without a password set nobody
 * reads them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class MetricsAccess {
  private static final String READER = "prometheus";

  @Bean
  @Order(1)
  SecurityFilterChain metricsFilterChain(
      HttpSecurity http, @Value("${smile.metrics-password:}") String password) {
    http.securityMatcher("/actuator/prometheus")
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable);
    if (password.isBlank()) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll()).build();
    }
    var encoder = new BCryptPasswordEncoder(4);
    var reader = User.withUsername(READER).password(encoder.encode(password)).roles().build();
    var provider = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(reader));
    provider.setPasswordEncoder(encoder);
    return http.authenticationProvider(provider)
        .httpBasic(Customizer.withDefaults())
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }
}
