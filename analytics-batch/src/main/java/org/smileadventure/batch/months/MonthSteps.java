package org.smileadventure.batch.months;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.ChildReader;
import org.smileadventure.batch.range.DirtyRanges;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Folds sessions and activities into months: those that have changed, or all of them again. */
@Configuration(proxyBeanMethods = false)
class MonthSteps {
  private static final String MARK_OUTDATED = SqlFile.read(MonthSteps.class, "mark-outdated.sql");
  static final String NEXT_DIRTY =
      """
      SELECT DISTINCT child_id
      FROM dirty_child_months JOIN v_computed_child USING (child_id)
      WHERE child_id > :after AND child_id <= :last
      ORDER BY child_id LIMIT :most
      """;

  /** One statement, once for each shape; it takes what time it needs. */
  @Bean
  Step outdatedMonths(
      JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
    return new StepBuilder("outdated-months", repository)
        .tasklet(
            (contribution, _) -> {
              jdbc.sql("SET LOCAL statement_timeout = 0").update();
              contribution.incrementWriteCount(
                  jdbc.sql(MARK_OUTDATED).param("shape", Moments.SHAPE).update());
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  @Bean
  Step dirtyMonths(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenWithDirtyMonths,
      ChildBlocks blocks) {
    return steps.of(
        "dirty-months",
        new DirtyRanges(jdbc, DirtyRanges.Work.MONTHS),
        childrenWithDirtyMonths,
        FoldMonths.thatAreDirty(jdbc, blocks));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenWithDirtyMonths(JdbcClient jdbc, BatchProperties properties) {
    return new ChildReader(jdbc, NEXT_DIRTY, Map.of(), properties.children());
  }

  @Bean
  Step rebuildMonths(
      RangeSteps steps,
      Partitioner rangesToRebuild,
      ItemStreamReader<ChildId> childrenToRebuild,
      ItemWriter<ChildId> rebuildMonthsOfChildren) {
    return steps.of("rebuild-months", rangesToRebuild, childrenToRebuild, rebuildMonthsOfChildren);
  }

  @Bean
  @StepScope
  Partitioner rangesToRebuild(
      JdbcClient jdbc, @Value(BackfillJob.CHILDREN) @Nullable String children) {
    return new AllChildren(jdbc, BackfillJob.ids(children));
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenToRebuild(
      JdbcClient jdbc,
      BatchProperties properties,
      @Value(BackfillJob.CHILDREN) @Nullable String children) {
    return AllChildren.reader(jdbc, BackfillJob.ids(children), properties.children());
  }

  @Bean
  @StepScope
  ItemWriter<ChildId> rebuildMonthsOfChildren(
      JdbcClient jdbc,
      ChildBlocks blocks,
      @Value(BackfillJob.FROM) @Nullable LocalDate from,
      @Value(BackfillJob.TO) @Nullable LocalDate to) {
    return FoldMonths.all(jdbc, blocks, from, to);
  }
}
