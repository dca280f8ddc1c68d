package org.smileadventure.common.dependency;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has each service measure PostgreSQL, and whatever else it has a {@link Dependency} for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
public class DependencyConfiguration {

  @Bean
  DatabaseProbe databaseProbe(JdbcConnectionDetails database) {
    return new DatabaseProbe(database);
  }

  @Bean
  Dependency postgresDependency(DatabaseProbe database) {
    return new Dependency("postgres", database::answers);
  }

  @Bean
  DependencyMeter dependencyMeter(
      List<Dependency> dependencies,
      @Value("${smile.dependencies.measure-every:5s}") Duration every,
      MeterRegistry meters) {
    return new DependencyMeter(dependencies, every, meters);
  }
}
