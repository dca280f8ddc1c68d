package org.smileadventure.common.service;

import java.time.InstantSource;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.smileadventure.common.dependency.DependencyConfiguration;
import org.smileadventure.common.http.HttpConfiguration;
import org.smileadventure.common.instance.InstanceConfiguration;
import org.smileadventure.common.security.SecurityConfiguration;
import org.smileadventure.common.trace.TraceConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.observation.SecurityObservationSettings;

/** What each of the services has, beside the settings of {@code smile-defaults.yaml}. */
@Configuration(proxyBeanMethods = false)
@Import({
  HttpConfiguration.class,
  SecurityConfiguration.class,
  DependencyConfiguration.class,
  InstanceConfiguration.class,
  TraceConfiguration.class,
  TrainingRun.class
})
public class ServiceDefaults {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /**
   * The schema is the work of a login that owns it. A service that is not given that login only
   * looks whether all that it knows of is there.
   */
  @Bean
  FlywayMigrationStrategy schema(@Value("${SMILE_MIGRATION_USER:}") String owner) {
    return owner.isBlank() ? ServiceDefaults::requireMigrated : Flyway::migrate;
  }

  private static void requireMigrated(Flyway flyway) {
    var missing =
        Arrays.stream(flyway.info().pending())
            .filter(MigrationInfo::isVersioned)
            .map(MigrationInfo::getScript)
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the database's schema lacks "
              + String.join(", ", missing)
              + "; expected it to be migrated before services start (docs/running.md)");
    }
  }

  /** Nobody asks how long each filter takes, and telling it costs with each request. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }
}
