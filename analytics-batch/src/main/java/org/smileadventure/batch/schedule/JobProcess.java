package org.smileadventure.batch.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.smileadventure.batch.jobs.JobRefusedException;
import org.smileadventure.batch.jobs.JobRuns;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.batch.core.BatchStatus;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * The service as a process that runs one job and ends, without a web server and a schedule of its
 * own: for a CronJob of Kubernetes. If the last run of the job has not completed, that one is
 * restarted; and if it was the one of an earlier night, the one of tonight follows.
 */
@Command(
    name = "analytics-batch",
    description = {
      "Runs one job and ends: 0 if it has completed, 1 if it has failed, was stopped or cannot run"
          + " now, 2 if it was not told what to do.",
      "Settings of the service may follow, as --smile.batch.role=manager or"
          + " --SMILE_DATABASE_URL=..."
    })
public final class JobProcess implements Callable<Integer> {
  static final int COMPLETED = CommandLine.ExitCode.OK;
  static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  /** To start it again as it is has no point. */
  static final int USAGE = CommandLine.ExitCode.USAGE;

  private static final String JOB = "--job";

  /** Its name has a dot or is that of a variable. */
  private static final Pattern SETTING = Pattern.compile("--([^=]*[.][^=]*|[A-Z0-9_]+)=.*");

  /** What a job may be told. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "--from", "Of backfill: the first day, as 2026-01-31.",
          "--to", "Of backfill: the last day.",
          "--children", "Of backfill: their numbers, as 1,2,3.",
          "--before",
              "Of retention: a day of the first month whose events are kept, whatever the policy says.");

  private final Class<?> application;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = JOB, required = true, description = "Its name.")
  private String job = "";

  @Unmatched private List<String> settings = new ArrayList<>();

  private JobProcess(Class<?> application) {
    this.application = application;
  }

  /** Whether these arguments ask for one. */
  public static boolean isMeantBy(String... arguments) {
    return Arrays.stream(arguments)
        .anyMatch(argument -> argument.equals(JOB) || argument.startsWith(JOB + "="));
  }

  /** Runs it to its end, and returns its exit code. */
  public static int run(Class<?> application, String... arguments) {
    var commandLine = new CommandLine(new JobProcess(application));
    PARAMETERS.forEach(
        (name, description) ->
            commandLine
                .getCommandSpec()
                .addOption(
                    OptionSpec.builder(name).type(String.class).description(description).build()));
    return commandLine.execute(arguments);
  }

  @Override
  public Integer call() throws InterruptedException {
    for (var setting : settings) {
      if (!SETTING.matcher(setting).matches()) {
        throw refused("'" + setting + "' is no argument");
      }
    }
    settings.add("--smile.batch.schedule.cron=-");
    settings.add("--smile.audit.seal-every=0");
    try (var context =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .run(settings.toArray(String[]::new))) {
      return toItsEnd(context) == BatchStatus.COMPLETED ? COMPLETED : FAILED;
    } catch (BadParameterException e) {
      throw refused(String.valueOf(e.getBody().getDetail()));
    } catch (JobRefusedException e) {
      if (e.getStatusCode() == HttpStatus.NOT_FOUND) {
        throw refused(e.why());
      }
      spec.commandLine().getErr().println(e.why());
      return FAILED;
    }
  }

  private BatchStatus toItsEnd(ApplicationContext context) throws InterruptedException {
    var parameters = parameters();
    return job.equals(NightlyRun.JOB) && parameters.isEmpty()
        ? context.getBean(NightlyRun.class).tonight()
        : context
            .getBean(RunWatch.class)
            .awaitEnd(context.getBean(JobRuns.class).resume(job, parameters));
  }

  private Map<String, String> parameters() {
    var parameters = new TreeMap<String, String>();
    for (var name : PARAMETERS.keySet()) {
      if (spec.findOption(name).getValue() instanceof String value) {
        parameters.put(name.substring(2), value);
      }
    }
    return parameters;
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
