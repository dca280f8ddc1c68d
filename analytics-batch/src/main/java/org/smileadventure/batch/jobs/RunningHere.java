package org.smileadventure.batch.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.lock.SessionLock;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * The runs that this instance has begun, each in a thread. When it stops, it has them stop after
 * what they are committing just now, and waits for that: they are recorded as stopped, and can go
 * on elsewhere.
 */
@Component
final class RunningHere implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RunningHere.class);
  private static final int RUNS_AT_A_TIME = 4;

  /** Less than Spring waits for a phase, 30 s. */
  private static final int LONGEST_STOP_SECONDS = 25;

  private final Map<Long, JobExecution> runs = new ConcurrentHashMap<>();
  private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
  private final JobRepository repository;
  private final JobRegistry jobs;
  private final StopSignal signal;
  private volatile boolean running;

  RunningHere(JobRepository repository, JobRegistry jobs, StopSignal signal) {
    this.repository = repository;
    this.jobs = jobs;
    this.signal = signal;
    threads.setCorePoolSize(RUNS_AT_A_TIME);
    threads.setThreadNamePrefix("job-");
    threads.setWaitForTasksToCompleteOnShutdown(true);
    threads.setAwaitTerminationSeconds(LONGEST_STOP_SECONDS);
    threads.initialize();
  }

  interface Beginning {
    JobExecution begin(JobOperator operator) throws JobExecutionException;
  }

  /**
   * Returns when the run has begun. The lock is given back when all is over, the result recorded:
   * earlier, another instance could take it for a run whose process is dead.
   */
  JobExecution begin(SessionLock lock, Beginning beginning) throws JobExecutionException {
    var handedOver = new AtomicBoolean();
    try {
      var run =
          beginning.begin(
              operator(
                  task -> {
                    threads.execute(() -> runAndRelease(task, lock));
                    handedOver.set(true);
                  }));
      runs.values().removeIf(other -> other.getEndTime() != null);
      runs.put(run.getId(), run);
      return run;
    } finally {
      if (!handedOver.get()) {
        lock.close();
      }
    }
  }

  private static void runAndRelease(Runnable task, SessionLock lock) {
    try (lock) {
      task.run();
    }
  }

  private JobOperator operator(TaskExecutor executor) {
    var operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(jobs);
    operator.setTaskExecutor(executor);
    return operator;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    for (var run : runs.values()) {
      if (run.getEndTime() == null) {
        stop(run);
      }
    }
    threads.shutdown();
  }

  private void stop(JobExecution run) {
    try {
      signal.send(run);
    } catch (JobExecutionException e) {
      log.debug("run {} has ended by itself", run.getId(), e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
