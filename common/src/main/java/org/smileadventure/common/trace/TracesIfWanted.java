package org.smileadventure.common.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves Spring Boot's set-up of traces out where there is no address for them, so that a service
 * without them is what it was; and that of OpenTelemetry's logs always.
 */
final class TracesIfWanted implements AutoConfigurationImportFilter, EnvironmentAware {
  // Also what Boot makes of OTEL_EXPORTER_OTLP_ENDPOINT.
  private static final String ADDRESS = "management.opentelemetry.tracing.export.otlp.endpoint";
  private static final String LOGS =
      "org.springframework.boot.opentelemetry.autoconfigure.logging.";
  private static final List<String> TRACES =
      List.of(
          "org.springframework.boot.opentelemetry.",
          "org.springframework.boot.micrometer.tracing.");

  private boolean wanted;

  static boolean areWanted(Environment environment) {
    return !environment.getProperty(ADDRESS, "").isBlank();
  }

  @Override
  public void setEnvironment(Environment environment) {
    wanted = areWanted(environment);
  }

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    var matches = new boolean[autoConfigurations.length];
    for (int i = 0; i < matches.length; i++) {
      matches[i] = isWanted(autoConfigurations[i]);
    }
    return matches;
  }

  private boolean isWanted(@Nullable String autoConfiguration) {
    if (autoConfiguration == null) {
      return true; // refused by another filter
    }
    if (autoConfiguration.startsWith(LOGS)) {
      return false;
    }
    return wanted || TRACES.stream().noneMatch(autoConfiguration::startsWith);
  }
}
