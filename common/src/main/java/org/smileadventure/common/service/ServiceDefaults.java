package org.smileadventure.common.service;

import java.time.InstantSource;
import org.smileadventure.common.http.HttpConfiguration;
import org.smileadventure.common.security.SecurityConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.observation.SecurityObservationSettings;

/** What each of the services has, beside the settings of {@code smile-defaults.yaml}. */
@Configuration(proxyBeanMethods = false)
@Import({HttpConfiguration.class, SecurityConfiguration.class, TrainingRun.class})
public class ServiceDefaults {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /** Nobody asks how long each filter takes, and telling it costs with each request. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }
}
