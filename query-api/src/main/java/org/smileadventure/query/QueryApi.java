package org.smileadventure.query;

import org.smileadventure.common.cache.CacheConfiguration;
import org.smileadventure.common.service.Anywhere;
import org.smileadventure.common.service.ServiceDefaults;
import org.smileadventure.query.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

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

  /**
   * With virtual threads, tasks with a pause between their runs would share a single thread: what
   * is revoked would not be read while another task waits for the database or Redis.
   */
  @Bean
  ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder threads) {
    return threads.build();
  }

  private static boolean isNested() {
    var source = QueryApi.class.getProtectionDomain().getCodeSource();
    return source != null && "jar".equals(source.getLocation().getProtocol());
  }
}
