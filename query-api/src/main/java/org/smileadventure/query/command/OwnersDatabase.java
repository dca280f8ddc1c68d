package org.smileadventure.query.command;

import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/** The database as its owner connects to it, by the settings of the service. */
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
class OwnersDatabase {

  /** Does something with it. */
  static <T> T use(Function<Flyway, T> work) {
    try (var context =
        new SpringApplicationBuilder(OwnersDatabase.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .run()) {
      return work.apply(context.getBean(Flyway.class));
    }
  }

  /** A command says itself when to migrate. */
  @Bean
  FlywayMigrationStrategy whenItIsSaid() {
    return _ -> {};
  }
}
