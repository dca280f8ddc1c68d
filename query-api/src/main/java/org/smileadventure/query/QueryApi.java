package org.smileadventure.query;

import org.smileadventure.common.cache.CacheConfiguration;
import org.smileadventure.common.service.ServiceDefaults;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Answers parents, professionals and ops over HTTP. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ServiceDefaults.class, CacheConfiguration.class})
public class QueryApi {
  public static void main(String[] arguments) {
    SpringApplication.run(QueryApi.class, arguments);
  }
}
