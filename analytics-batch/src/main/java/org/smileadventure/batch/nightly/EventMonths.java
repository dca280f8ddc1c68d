package org.smileadventure.batch.nightly;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code partitions}, which makes the months to come ready for events; a step of the night,
 * too.
 */
@Configuration(proxyBeanMethods = false)
class EventMonths {
  private static final Logger log = LoggerFactory.getLogger(EventMonths.class);
  private static final String MAKE =
      "SELECT ensure_session_event_partitions(current_date, (now() + interval '3 months')::date)";
  private static final String TRY =
      "SELECT try_session_event_partitions(current_date, (now() + interval '3 months')::date)";

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
              // There are some for months ahead: no night fails over a long reader.
              var isNight = !"partitions".equals(jobOf(contribution));
              var made = jdbc.sql(isNight ? TRY : MAKE).query(Long.class).optional();
              made.ifPresent(contribution::incrementWriteCount);
              if (made.isEmpty()) {
                log.warn("somebody has the partitions of session_events in use for a minute");
              }
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  private static String jobOf(StepContribution contribution) {
    return contribution.getStepExecution().getJobExecution().getJobInstance().getJobName();
  }
}
