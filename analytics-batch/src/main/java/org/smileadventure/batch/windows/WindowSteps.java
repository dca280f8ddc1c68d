package org.smileadventure.batch.windows;

import java.time.InstantSource;
import java.util.Map;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.batch.range.DirtyRanges;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the children whose windows have changed, and computes them. */
@Configuration(proxyBeanMethods = false)
class WindowSteps {
  private static final String MARK_DUE = SqlFile.read(WindowSteps.class, "mark-due.sql");
  private static final String NEXT_DIRTY =
      """
      SELECT child_id
      FROM dirty_child_windows JOIN v_computed_child USING (child_id)
      WHERE child_id > :after AND child_id <= :last
      ORDER BY child_id LIMIT :most
      """;

  /** A tasklet, as one statement for each range is all that it takes. */
  @Bean
  Step dueWindows(RangeSteps steps, JdbcClient jdbc, InstantSource clock) {
    return steps.of(
        "due-windows",
        AllChildren.unplanned(jdbc),
        (contribution, _) -> {
          var range = ChildRange.in(contribution.getStepExecution().getExecutionContext());
          contribution.incrementWriteCount(
              jdbc.sql(MARK_DUE)
                  .param("first_child", range.first())
                  .param("last_child", range.last())
                  .param("now", clock.instant().toString())
                  .update());
          return RepeatStatus.FINISHED;
        });
  }

  @Bean
  Step windowSummaries(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithDirtyWindows,
      ChildBlocks blocks,
      InstantSource clock) {
    return steps.of(
        "window-summaries",
        new DirtyRanges(jdbc, DirtyRanges.Work.WINDOWS),
        childrenWithDirtyWindows,
        new ComputeWindows(jdbc, blocks, clock));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithDirtyWindows(JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(jdbc, NEXT_DIRTY, Map.of(), properties.children());
  }
}
