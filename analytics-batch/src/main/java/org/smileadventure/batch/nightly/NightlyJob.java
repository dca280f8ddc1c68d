package org.smileadventure.batch.nightly;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job {@code nightly}: brings everything that is summarised up to date. */
@Configuration(proxyBeanMethods = false)
class NightlyJob {

  @Bean
  Job nightly(
      JobRepository repository,
      JobExecutionListener nightEnd,
      Step partitionsAhead,
      Step silentSessions,
      Step outdatedMonths,
      Step dirtyMonths,
      Step treatmentEffects,
      Step dueWindows,
      Step windowSummaries,
      Step populationFigures,
      Step populationDistributions,
      Step applyRetention,
      Step packEvents,
      Step reconcileSample) {
    return new JobBuilder("nightly", repository)
        .listener(nightEnd)
        .start(partitionsAhead)
        .next(silentSessions)
        .next(outdatedMonths)
        .next(dirtyMonths)
        .next(treatmentEffects)
        .next(dueWindows)
        .next(windowSummaries)
        .next(populationFigures)
        .next(populationDistributions)
        .next(applyRetention)
        .next(packEvents)
        .next(reconcileSample)
        .build();
  }
}
