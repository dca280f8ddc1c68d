package org.smileadventure.batch.daily;

import org.smileadventure.batch.remote.PartitionHandlers;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code child-daily-summary}: closes silent sessions, then materialises the dirty days,
 * range by range of children.
 */
@Configuration(proxyBeanMethods = false)
class DailySummaryJob {

  @Bean
  Job childDailySummary(
      JobRepository repository, Step partitionsAhead, Step silentSessions, Step dirtyDays) {
    return new JobBuilder("child-daily-summary", repository)
        .start(partitionsAhead)
        .next(silentSessions)
        .next(dirtyDays)
        .build();
  }

  @Bean
  Step partitionsAhead(
      JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    return new StepBuilder("partitions-ahead", repository)
        .tasklet(
            (contribution, _) -> {
              contribution.incrementWriteCount(
                  jdbc.sql(
                          """
                          SELECT ensure_session_event_partitions(current_date, (now() + interval '3 months')::date)
                          """)
                      .query(Long.class)
                      .single());
              return RepeatStatus.FINISHED;
            },
            transactions)
        .allowStartIfComplete(true)
        .build();
  }

  /** Sessions that nobody ends count as abandoned once nothing has been heard of them for long. */
  @Bean
  Step silentSessions(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      DailySummaryProperties properties) {
    return new StepBuilder("silent-sessions", repository)
        .tasklet(
            (contribution, _) -> {
              var closed =
                  jdbc.sql("SELECT close_silent_sessions(:silent_for::interval, :most)")
                      .param("silent_for", properties.silentFor().toString())
                      .param("most", properties.chunk())
                      .query(Long.class)
                      .single();
              contribution.incrementWriteCount(closed);
              return closed == 0 ? RepeatStatus.FINISHED : RepeatStatus.CONTINUABLE;
            },
            transactions)
        .allowStartIfComplete(true)
        .build();
  }

  @Bean
  Step dirtyDays(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      DailySummaryProperties properties,
      PartitionHandlers partitions) {
    var range =
        new StepBuilder("dirty-days-of-range", repository)
            .tasklet(new MaterialiseDays(jdbc, properties.chunk()), transactions)
            .build();
    return new StepBuilder("dirty-days", repository)
        .partitioner(range.getName(), new DirtyRanges(jdbc))
        .partitionHandler(partitions.of(range, properties.partitions()))
        .build();
  }

  @Bean
  ThreadPoolTaskExecutor partitionThreads(DailySummaryProperties properties) {
    var threads = new ThreadPoolTaskExecutor();
    threads.setCorePoolSize(properties.threads());
    threads.setThreadNamePrefix("partition-");
    threads.setWaitForTasksToCompleteOnShutdown(true);
    return threads;
  }
}
