package org.smileadventure.ingest.collector;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Which sites' pages may send events. Tokens travel in a header, so cookies are not needed. */
@Configuration(proxyBeanMethods = false)
class CorsRules {

  @Bean
  UrlBasedCorsConfigurationSource corsConfigurationSource(CollectorProperties properties) {
    var source = new UrlBasedCorsConfigurationSource();
    if (!properties.allowedOrigins().isEmpty()) {
      var rules = new CorsConfiguration();
      rules.setAllowedOrigins(properties.allowedOrigins());
      rules.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.POST.name()));
      // In binary mode any header that begins with ce- may carry an attribute.
      rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
      rules.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
      rules.setMaxAge(Duration.ofHours(1));
      source.registerCorsConfiguration("/api/v1/events/**", rules);
    }
    return source;
  }
}
