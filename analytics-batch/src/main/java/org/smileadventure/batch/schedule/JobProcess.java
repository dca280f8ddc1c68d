package org.smileadventure.batch.schedule;

import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;

/**
 * The service as a process that runs one job and ends, without a web server and a schedule of its
 * own: for a CronJob of Kubernetes. If the last run of the job has not completed, that one is
 * restarted; and if it was the one of an earlier night, the one of tonight follows.
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
    return CommandLine.nameAJob(arguments);
  }

  /** Runs it to its end, and returns its exit code. */
  public static int run(Class<?> application, String... arguments) throws InterruptedException {
    CommandLine commandLine;
    try {
      commandLine = CommandLine.parse(arguments);
    } catch (IllegalArgumentException e) {
      log.error("{}", e.getMessage());
      return USAGE;
    }
    var settings = new ArrayList<>(commandLine.settings());
    settings.add("--smile.batch.schedule.cron=-");
    try (var context =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .run(settings.toArray(String[]::new))) {
      return run(context, commandLine);
    }
  }

  private static int run(ApplicationContext context, CommandLine commandLine)
      throws InterruptedException {
    try {
      var status =
          commandLine.job().equals(NightlyRun.JOB) && commandLine.parameters().isEmpty()
              ? context.getBean(NightlyRun.class).tonight()
              : toItsEnd(context, commandLine);
      return status == BatchStatus.COMPLETED ? COMPLETED : FAILED;
    } catch (BadParameterException e) {
      log.error("{}", e.getBody().getDetail());
      return USAGE;
    } catch (JobRefusedException e) {
      log.error("{}", e.why());
      return e.getStatusCode() == HttpStatus.NOT_FOUND ? USAGE : FAILED;
    }
  }

  private static BatchStatus toItsEnd(ApplicationContext context, CommandLine commandLine)
      throws InterruptedException {
    var run = context.getBean(JobRuns.class).resume(commandLine.job(), commandLine.parameters());
    return context.getBean(RunWatch.class).awaitEnd(run);
  }
}
