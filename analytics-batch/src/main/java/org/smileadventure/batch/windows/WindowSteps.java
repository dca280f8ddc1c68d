package org.smileadventure.batch.windows;

import java.time.InstantSource;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.DirtyRanges;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Finds the children whose windows have changed, and computes them. */
@Configuration(proxyBeanMethods = false)
class WindowSteps {
  private static final String MARK_DUE = SqlFile.read(WindowSteps.class, "mark-due.sql");

  @Bean
  Step dueWindows(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      InstantSource clock) {
    return new StepBuilder("due-windows", repository)
        .tasklet(
            (contribution, _) -> {
              contribution.incrementWriteCount(
                  jdbc.sql(MARK_DUE).param("now", clock.instant().toString()).update());
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  @Bean
  Step windowSummaries(
      RangeSteps steps,
      JdbcClient jdbc,
      ChildBlocks blocks,
      JsonMapper json,
      InstantSource clock,
      BatchProperties properties) {
    return steps.of(
        "window-summaries",
        new DirtyRanges(jdbc, DirtyRanges.Work.WINDOWS),
        new ComputeWindows(jdbc, blocks, json, clock, properties.children()));
  }
}
