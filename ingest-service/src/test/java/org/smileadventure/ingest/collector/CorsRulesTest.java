package org.smileadventure.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

class CorsRulesTest {

  @Test
  void noSiteIsAllowedUnlessItIsNamed() {
    assertThat(rules(List.of()).getCorsConfigurations()).isEmpty();
    assertThat(rules(List.of("https://play.example.org")).getCorsConfigurations()).hasSize(1);
  }

  private static UrlBasedCorsConfigurationSource rules(List<String> origins) {
    return new CorsRules()
        .corsConfigurationSource(new CollectorProperties(origins, 1, 1_000, 1, Duration.ofSeconds(1)));
  }
}
