package org.smileadventure.batch.range;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@Configuration(proxyBeanMethods = false)
class RangeConfiguration {

  @Bean
  ThreadPoolTaskExecutor partitionThreads(BatchProperties properties) {
    var threads = new ThreadPoolTaskExecutor();
    threads.setCorePoolSize(properties.threads());
    threads.setThreadNamePrefix("partition-");
    threads.setWaitForTasksToCompleteOnShutdown(true);
    return threads;
  }
}
