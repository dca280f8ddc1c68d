package org.smileadventure.query;

import org.smileadventure.common.cache.CacheConfiguration;
import org.smileadventure.common.service.Anywhere;
import org.smileadventure.common.service.ServiceDefaults;
import org.smileadventure.query.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Answers parents, professionals and ops over HTTP, or does one of its {@link Commands}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ServiceDefaults.class, CacheConfiguration.class})
public class QueryApi {
  static {
    Anywhere.run();
  }

  public static void main(String[] arguments) {
    if (Commands.areIn(arguments)) {
      System.exit(Commands.run(arguments));
    }
    if (isNested()) {
      // Virtual threads that load classes from a jar within a jar can block each other for good.
      System.setProperty("smile.virtual-threads", "false");
    }
    SpringApplication.run(QueryApi.class, arguments);
  }

  private static boolean isNested() {
    var source = QueryApi.class.getProtectionDomain().getCodeSource();
    return source != null && "jar".equals(source.getLocation().getProtocol());
  }
}
