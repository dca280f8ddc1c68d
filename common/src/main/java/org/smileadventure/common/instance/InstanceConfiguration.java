package org.smileadventure.common.instance;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** That an instance of a service is told. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class InstanceConfiguration {

  @Bean
  ServiceInstance serviceInstance(
      JdbcClient jdbc,
      @Value("${spring.application.name}") String service,
      ObjectProvider<BuildProperties> build,
      InstantSource clock) {
    return new ServiceInstance(jdbc, service, version(build.getIfAvailable()), clock);
  }

  /** Nobody knows it where an IDE has built the classes. */
  private static String version(@Nullable BuildProperties build) {
    if (build == null || build.getVersion() == null) {
      return "unknown";
    }
    var commit = build.get("commit");
    return commit == null || commit.equals("unknown")
        ? build.getVersion()
        : build.getVersion() + "+" + commit;
  }
}
