package org.smileadventure.ingest;

import org.smileadventure.common.cache.CacheConfiguration;
import org.smileadventure.common.service.Anywhere;
import org.smileadventure.common.service.ServiceDefaults;
import org.smileadventure.ingest.statement.ImportProcess;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Takes session events from Kafka into PostgreSQL, each exactly once in effect. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ServiceDefaults.class, CacheConfiguration.class})
public class IngestService {
  static {
    Anywhere.run();
  }

  public static void main(String[] arguments) {
    if (ImportProcess.isMeantBy(arguments)) {
      System.exit(ImportProcess.run(arguments));
    }
    SpringApplication.run(IngestService.class, arguments);
  }
}
