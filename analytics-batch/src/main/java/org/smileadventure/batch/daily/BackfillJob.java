package org.smileadventure.batch.daily;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.AllChildren;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.range.NextChildren;
import org.smileadventure.batch.range.RangeSteps;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job {@code backfill}: summarises days again that nobody has marked, after a mistake in a
 * definition has been mended, for one. Its parameters are {@code from} and {@code to}, dates, and
 * {@code children}, ids with commas between them; what is not given has no bound.
 */
@Configuration(proxyBeanMethods = false)
class BackfillJob {
  static final String FROM = "from";
  static final String TO = "to";
  private static final String CHILDREN = "children";

  static long @Nullable [] children(JobParameters parameters) {
    var children = parameters.getString(CHILDREN);
    return children == null
        ? null
        : Arrays.stream(children.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  @Bean
  Job backfill(JobRepository repository, Step rebuildDays, Step windowSummaries) {
    return new JobBuilder("backfill", repository).start(rebuildDays).next(windowSummaries).build();
  }

  @Bean
  Step rebuildDays(
      RangeSteps steps,
      JdbcClient jdbc,
      NextChildren nextChildren,
      DirtyLog log,
      ChildBlocks blocks) {
    return steps.of(
        "rebuild-days", new AllChildren(jdbc), new RebuildDays(jdbc, nextChildren, log, blocks));
  }
}
