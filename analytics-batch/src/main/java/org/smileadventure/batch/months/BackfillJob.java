package org.smileadventure.batch.months;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The job {@code backfill}: folds months again that nobody has marked, after a mistake in a
 * definition has been mended, for one. Its parameters are {@code from} and {@code to}, dates whose
 * months are taken as a whole, and {@code children}, ids with commas between them; what is not
 * given has no bound.
 */
@Configuration(proxyBeanMethods = false)
class BackfillJob {
  static final String FROM = "#{jobParameters['from']}";
  static final String TO = "#{jobParameters['to']}";
  static final String CHILDREN = "#{jobParameters['children']}";

  static long @Nullable [] ids(@Nullable String children) {
    return children == null
        ? null
        : Arrays.stream(children.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  @Bean
  Job backfill(
      JobRepository repository, Step rebuildMonths, Step treatmentEffects, Step windowSummaries) {
    return new JobBuilder("backfill", repository)
        .start(rebuildMonths)
        .next(treatmentEffects)
        .next(windowSummaries)
        .build();
  }
}
