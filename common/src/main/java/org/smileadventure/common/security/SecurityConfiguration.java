package org.smileadventure.common.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What each service's rules of access rest on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableScheduling
@EnableConfigurationProperties(OutsideIssuer.class)
@Import({MetricsAccess.class, Refusals.class})
public class SecurityConfiguration {

  @Bean
  Revocations revocations(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
    var revocations = new Revocations(jdbc, clock);
    TimeGauge.builder(
            "smile.revocations.age", revocations, TimeUnit.SECONDS, Revocations::ageSeconds)
        .description("since what is revoked was last read")
        .register(meters);
    return revocations;
  }
}
