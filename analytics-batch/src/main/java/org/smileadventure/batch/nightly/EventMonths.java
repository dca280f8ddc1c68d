package org.smileadventure.batch.nightly;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The jobs {@code partitions}, which makes the months to come ready for events, and {@code
 * retention}, which forgets the events of sessions that were started before the month of the date
 * {@code before}. Sessions and summaries stay.
 */
@Configuration(proxyBeanMethods = false)
class EventMonths {

  @Bean
  Job partitions(JobRepository repository, Step partitionsAhead) {
    return new JobBuilder("partitions", repository).start(partitionsAhead).build();
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
        .build();
  }

  @Bean
  Job retention(JobRepository repository, Step forgetEvents) {
    return new JobBuilder("retention", repository).start(forgetEvents).build();
  }

  @Bean
  Step forgetEvents(
      JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    return new StepBuilder("forget-events", repository)
        .tasklet(
            (contribution, _) -> {
              contribution.incrementWriteCount(
                  jdbc.sql("SELECT forget_session_events(:before)")
                      .param(
                          "before",
                          contribution.getStepExecution().getJobParameters().getLocalDate("before"))
                      .query(Long.class)
                      .single());
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }
}
