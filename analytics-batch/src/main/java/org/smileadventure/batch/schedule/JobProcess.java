package org.smileadventure.batch.schedule;

import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/**
 * The service as a process that runs one job and ends, without a web server and a schedule of its
 * own: for a CronJob of Kubernetes. If the last run of the job has not completed, that one is
 * restarted.
 */
public final class JobProcess {
  /** The exit code of a process whose job has completed. */
  static final int COMPLETED = 0;

  /** Of one whose job has failed or was stopped, or could not run now. */
  static final int FAILED = 1;

  /** Of one that was not told what to do; to start it again as it is has no point. */
  static final int USAGE = 2;

  private static final Logger log = LoggerFactory.getLogger(JobProcess.class);

  private JobProcess() {}

  /** Whether these arguments ask for one. */
  public static boolean isMeantBy(String... arguments) {
    return JobArguments.nameAJob(arguments);
  }

  /** Runs it to its end, and returns its exit code. */
  public static int run(Class<?> application, String... commandLine) throws InterruptedException {
    JobArguments arguments;
    try {
      arguments = JobArguments.parse(commandLine);
    } catch (IllegalArgumentException e) {
      log.error("{}", e.getMessage());
      return USAGE;
    }
    var settings = new ArrayList<>(arguments.settings());
    settings.add("--smile.batch.schedule.cron=-");
    try (var context =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .run(settings.toArray(String[]::new))) {
      return run(context, arguments);
    }
  }

  private static int run(ApplicationContext context, JobArguments arguments)
      throws InterruptedException {
    try {
      var job = context.getBean(Jobs.class).named(arguments.job());
      var parameters = new JobParametersBuilder();
      arguments.parameters().forEach(parameters::addString);
      var run = context.getBean(JobRuns.class).startOrRestart(job, parameters.toJobParameters());
      var status = context.getBean(RunWatch.class).awaitEnd(run);
      return status == BatchStatus.COMPLETED ? COMPLETED : FAILED;
    } catch (IllegalArgumentException | InvalidJobParametersException e) {
      log.error("{}", e.getMessage());
      return USAGE;
    } catch (JobExecutionException e) {
      log.error("{} cannot run now: {}", arguments.job(), e.getMessage());
      return FAILED;
    }
  }
}
