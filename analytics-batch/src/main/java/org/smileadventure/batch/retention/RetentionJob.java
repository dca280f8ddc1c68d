package org.smileadventure.batch.retention;

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
 * The job {@code retention}: does what the night does of it, at once; and before, if it is told a
 * date {@code before}, forgets the events of sessions that were started before its month, whatever
 * the policy says. Their sessions and summaries stay.
 */
@Configuration(proxyBeanMethods = false)
class RetentionJob {

  @Bean
  Job retention(JobRepository repository, Step forgetEvents, Step applyRetention) {
    return new JobBuilder("retention", repository).start(forgetEvents).next(applyRetention).build();
  }

  @Bean
  Step forgetEvents(
      JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    return new StepBuilder("forget-events", repository)
        .tasklet(
            (contribution, _) -> {
              var before =
                  contribution.getStepExecution().getJobParameters().getLocalDate("before");
              if (before != null) {
                contribution.incrementWriteCount(
                    jdbc.sql("SELECT forget_session_events(:before)")
                        .param("before", before)
                        .query(Long.class)
                        .single());
              }
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }
}
