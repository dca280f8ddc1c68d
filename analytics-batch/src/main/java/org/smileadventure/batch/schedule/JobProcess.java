package org.smileadventure.batch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Provisional. */
public final class JobProcess {
  private static final Logger log = LoggerFactory.getLogger(JobProcess.class);

  private JobProcess() {}

  public static boolean isAskedFor(String... arguments) {
    return List.of(arguments).stream().anyMatch(a -> a.startsWith("--job="));
  }

  public static int run(Class<?> application, String... arguments) throws Exception {
    var settings = new ArrayList<String>();
    String name = "";
    for (var argument : arguments) {
      if (argument.startsWith("--job=")) {
        name = argument.substring(6);
      } else {
        settings.add(argument);
      }
    }
    try (var context =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .run(settings.toArray(String[]::new))) {
      var wanted = name;
      var job =
          context.getBeansOfType(Job.class).values().stream()
              .filter(j -> j.getName().equals(wanted))
              .findFirst()
              .orElseThrow();
      var builder = new JobParametersBuilder().addString("run", UUID.randomUUID().toString());
      var execution = context.getBean(JobRuns.class).startOrRestart(job, builder.toJobParameters());
      var repository = context.getBean(JobRepository.class);
      while (true) {
        var now = repository.getJobExecution(execution.getId());
        if (now != null && !now.isRunning()) {
          log.info("{}", now);
          return now.getStatus() == BatchStatus.COMPLETED ? 0 : 1;
        }
        Thread.sleep(100);
      }
    }
  }
}
