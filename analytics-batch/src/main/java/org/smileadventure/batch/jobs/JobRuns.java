package org.smileadventure.batch.jobs;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.smileadventure.batch.lock.SessionLock;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Starts jobs and lets them go on, one run of a job at a time over all instances. A run goes on
 * where it stopped: steps and partitions that were completed are not run again, the others go on
 * behind what they committed last.
 */
@Component
public class JobRuns {
  static final String RUN = "run";
  private static final String REQUESTED = "requested_at";
  private static final String PLANNED = "planned_at";

  /** The parameters of a run that are not arguments of the job. */
  private static final Set<String> OURS = Set.of(RUN, REQUESTED, PLANNED);

  private static final int MOST_ATTEMPTS = 10;

  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(2, hashtext(?))";

  private final JobRegistry jobs;
  private final JobOperator operator;
  private final StopSignal signal;
  private final JobRepository repository;
  private final DataSource dataSource;
  private final RunningHere running;
  private final InstantSource clock;

  JobRuns(
      JobRegistry jobs,
      JobOperator operator,
      StopSignal signal,
      JobRepository repository,
      DataSource dataSource,
      RunningHere running,
      InstantSource clock) {
    this.jobs = jobs;
    this.operator = operator;
    this.signal = signal;
    this.repository = repository;
    this.dataSource = dataSource;
    this.running = running;
    this.clock = clock;
  }

  /** The names of the jobs, in their order. */
  public Collection<String> names() {
    return new TreeSet<>(jobs.getJobNames());
  }

  /**
   * Begins a new run, and returns when it has begun.
   *
   * @throws JobRefusedException if there is no such job, or a run of it goes on
   * @throws org.smileadventure.common.service.BadParameterException if it cannot be told this
   */
  public JobExecution start(String name, Map<String, String> arguments) {
    return start(name, arguments, JobRuns::nothing);
  }

  /**
   * The same.
   *
   * @param before is done when nothing keeps the run from beginning any more, and before it does
   */
  JobExecution start(String name, Map<String, String> arguments, Runnable before) {
    return start(name, arguments, REQUESTED, clock.instant(), before);
  }

  private JobExecution start(
      String name, Map<String, String> arguments, String since, Instant when, Runnable before) {
    var job = job(name);
    var parameters =
        new JobParametersBuilder()
            .addString(RUN, UUID.randomUUID().toString())
            .addString(since, when.toString(), false);
    JobArguments.add(name, arguments, parameters);
    return alone(
        name,
        runs -> {
          before.run();
          return runs.start(job, parameters.toJobParameters());
        });
  }

  /**
   * Lets a run go on that failed, was stopped, lost the database, or whose process has died.
   *
   * @throws JobRefusedException if it has completed, was abandoned, or still goes on
   */
  public JobExecution restart(JobExecution execution) {
    return restart(execution, JobRuns::nothing);
  }

  /**
   * The same.
   *
   * @param before is done when nothing keeps the run from going on any more, and before it does
   */
  JobExecution restart(JobExecution execution, Runnable before) {
    var name = execution.getJobInstance().getJobName();
    job(name);
    return alone(
        name,
        runs -> {
          var now = execution(execution.getId());
          if (now.getStatus() == BatchStatus.COMPLETED
              || now.getStatus() == BatchStatus.ABANDONED) {
            throw JobRefusedException.conflict(
                "execution " + now.getId() + " is " + now.getStatus() + " and cannot go on");
          }
          var last = repository.getLastJobExecution(now.getJobInstance());
          if (last != null && last.getId() != now.getId()) {
            throw JobRefusedException.conflict(
                "execution " + now.getId() + " went on as execution " + last.getId());
          }
          before.run();
          return runs.restart(settled(now));
        });
  }

  /**
   * Whoever loses the database cannot tell how a transaction ended, or not even note that a step
   * has failed, and Spring Batch lets neither go on: not what is unknown, and not what seems to
   * run. But how far a part of a step has come is committed with what it did, or after it where
   * doing it twice does no harm: it goes on from what is stored.
   *
   * <p>The run is settled first. In one that is stopped a worker that still has a part in hand
   * would take over what is noted here, and commit; in one that has failed it cannot.
   */
  private JobExecution settled(JobExecution run) {
    for (int attempt = 1; ; attempt++) {
      var now = execution(run.getId());
      try {
        settle(now);
        return now;
      } catch (OptimisticLockingFailureException e) {
        // A part that was not yet at its end has committed meanwhile.
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void settle(JobExecution run) {
    var open =
        run.getStepExecutions().stream()
            .filter(step -> step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning())
            .toList();
    if (run.getStatus() == BatchStatus.UNKNOWN || !open.isEmpty()) {
      run.setStatus(BatchStatus.FAILED);
      run.setExitStatus(ExitStatus.FAILED);
      repository.update(run);
    }
    for (var step : open) {
      step.setStatus(BatchStatus.FAILED);
      step.setExitStatus(ExitStatus.FAILED);
      step.setEndTime(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      repository.update(step);
    }
  }

  /**
   * Lets the last run go on if it was told the same and not brought to its end, or else begins a
   * new one.
   *
   * @throws JobRefusedException as {@link #start} and {@link #restart} do
   * @throws org.smileadventure.common.service.BadParameterException as {@link #start} does
   */
  public JobExecution resume(String name, Map<String, String> arguments) {
    return unfinished(name)
        .filter(run -> told(run).equals(arguments))
        .map(this::restart)
        .orElseGet(() -> start(name, arguments));
  }

  /** The same for a run without arguments that was due at this time; it says so if it is new. */
  public JobExecution resumePlanned(String name, Instant planned) {
    return unfinished(name)
        .map(this::restart)
        .orElseGet(() -> start(name, Map.of(), PLANNED, planned, JobRuns::nothing));
  }

  private static Map<String, String> told(JobExecution run) {
    var told = new TreeMap<String, String>();
    for (JobParameter<?> parameter : run.getJobParameters()) {
      if (!OURS.contains(parameter.name())) {
        told.put(parameter.name(), String.valueOf(parameter.value()));
      }
    }
    return told;
  }

  /** The last run of a job, if it was begun, not abandoned, and not completed. */
  public Optional<JobExecution> unfinished(String name) {
    return Optional.ofNullable(repository.getLastJobInstance(name))
        .map(repository::getLastJobExecution)
        .filter(
            last ->
                last.getStatus() != BatchStatus.COMPLETED
                    && last.getStatus() != BatchStatus.ABANDONED);
  }

  /** Has a run stop after what it is committing just now; wherever it runs. */
  public void stop(JobExecution execution) {
    stop(execution, JobRuns::nothing);
  }

  /**
   * The same.
   *
   * @param before is done before, if the run goes on
   */
  void stop(JobExecution execution, Runnable before) {
    try {
      if (execution.isRunning()) {
        before.run();
      }
      signal.send(execution);
    } catch (JobExecutionException e) {
      throw JobRefusedException.conflict(e);
    }
  }

  /** Has a run that does not go on never go on again. */
  public JobExecution abandon(JobExecution execution) {
    return abandon(execution, JobRuns::nothing);
  }

  /**
   * The same.
   *
   * @param before is done when nothing keeps the run from being given up any more, and before it is
   */
  JobExecution abandon(JobExecution execution, Runnable before) {
    return alone(
        execution.getJobInstance().getJobName(),
        runs -> {
          var now = execution(execution.getId());
          if (now.getStatus() == BatchStatus.COMPLETED) {
            throw JobRefusedException.conflict("execution " + now.getId() + " is COMPLETED");
          }
          before.run();
          return runs.abandon(now);
        });
  }

  /** When a run, which may have been restarted since, was first begun. */
  public Instant begun(JobExecution execution) {
    return repository.getJobExecutions(execution.getJobInstance()).stream()
        .map(JobExecution::getCreateTime)
        .min(Comparator.naturalOrder())
        .orElseThrow()
        .toInstant(ZoneOffset.UTC);
  }

  /**
   * A run, as it stands.
   *
   * @throws JobRefusedException if there is none
   */
  public JobExecution execution(long id) {
    try {
      // The repository answers null or throws, as its tables have it.
      var execution = repository.getJobExecution(id);
      if (execution != null) {
        return execution;
      }
    } catch (EmptyResultDataAccessException _) {
      // as null
    }
    throw JobRefusedException.noSuchExecution(id);
  }

  private static void nothing() {}

  void requireJob(String name) {
    job(name);
  }

  private Job job(String name) {
    var job = jobs.getJob(name);
    if (job == null) {
      throw JobRefusedException.noSuchJob(name, names());
    }
    return job;
  }

  private JobExecution alone(String name, RunningHere.Beginning beginning) {
    var lock =
        SessionLock.take(dataSource, TRY_LOCK, name)
            .orElseThrow(() -> JobRefusedException.conflict("a run of '" + name + "' goes on"));
    try {
      return running.begin(
          lock,
          runs -> {
            recoverDead(name);
            return beginning.begin(runs);
          });
    } catch (JobExecutionException e) {
      throw JobRefusedException.conflict(e);
    }
  }

  /** Nobody runs the job: what is said to be running was cut off by the end of its process. */
  private void recoverDead(String name) {
    for (var dead : repository.findRunningJobExecutions(name)) {
      operator.recover(dead);
    }
  }
}
