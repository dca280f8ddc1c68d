package org.smileadventure.batch.reconcile;

import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.BatchProperties;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.RangeSteps;
import org.smileadventure.batch.range.SomeChildren;
import org.smileadventure.batch.windows.StoredWindows;
import org.smileadventure.common.event.ChildId;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code reconcile}, for all children and all events, and a step that does the same for a
 * sample of children.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileJob {

  @Bean
  Job reconcile(JobRepository repository, Step reconcileAll, Step reconcileEvents) {
    return new JobBuilder("reconcile", repository)
        .start(reconcileAll)
        .next(reconcileEvents)
        .build();
  }

  /** Sessions that are nowhere but in their events: by child they would not be found. */
  @Bean
  Step reconcileEvents(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      ChildBlocks blocks,
      NoteDifferences note) {
    return new StepBuilder("reconcile-events", repository)
        .tasklet(new EventsWithoutSession(jdbc, blocks), transactions)
        .listener(note)
        .build();
  }

  @Bean
  Step reconcileAll(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenToReconcile,
      ItemWriter<ChildId> reconcileChildren,
      NoteDifferences note) {
    return steps.strict(
        "reconcile-all", new AllChildren(jdbc), childrenToReconcile, reconcileChildren, note);
  }

  @Bean
  Step reconcileSample(
      RangeSteps steps,
      JdbcClient jdbc,
      ItemStreamReader<ChildId> childrenToReconcile,
      ItemWriter<ChildId> reconcileChildren,
      NoteDifferences note) {
    return steps.strict(
        "reconcile-sample", new SomeChildren(jdbc), childrenToReconcile, reconcileChildren, note);
  }

  @Bean
  @StepScope
  ItemStreamReader<ChildId> childrenToReconcile(JdbcClient jdbc, BatchProperties properties) {
    return AllChildren.reader(jdbc, null, properties.children());
  }

  @Bean
  ItemWriter<ChildId> reconcileChildren(
      JdbcClient jdbc, ChildBlocks blocks, StoredWindows windows) {
    return new Reconcile(jdbc, blocks, windows);
  }
}
