package org.smileadventure.batch.daily;

import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.DirtyRanges;
import org.smileadventure.batch.range.RangeSteps;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Closes silent sessions, and summarises the days that have changed. */
@Configuration(proxyBeanMethods = false)
class DailySteps {

  /** Sessions that nobody ends count as abandoned once nothing has been heard of them for long. */
  @Bean
  Step silentSessions(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      BatchProperties properties) {
    return new StepBuilder("silent-sessions", repository)
        .tasklet(
            (contribution, _) -> {
              var closed =
                  jdbc.sql("SELECT close_silent_sessions(:silent_for::interval, :most)")
                      .param("silent_for", properties.silentFor().toString())
                      .param("most", properties.chunk())
                      .query(Long.class)
                      .optional();
              closed.ifPresent(contribution::incrementWriteCount);
              return RepeatStatus.continueIf(closed.isPresent());
            },
            transactions)
        .build();
  }

  @Bean
  Step dirtyDays(
      RangeSteps steps,
      JdbcClient jdbc,
      DirtyLog log,
      ChildBlocks blocks,
      BatchProperties properties) {
    return steps.of(
        "dirty-days",
        new DirtyRanges(jdbc, DirtyRanges.Work.DAYS),
        new MaterialiseDays(jdbc, log, blocks, properties.chunk()));
  }
}
