package org.smileadventure.batch.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The runs that this instance has begun. When it stops, it has them stop after what they are
 * committing just now, and waits for that: they are recorded as stopped, and can go on elsewhere.
 */
@Component
final class RunningHere implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RunningHere.class);

  /** Less than Spring waits for a phase, 30 s. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

  private final Map<Long, JobExecution> runs = new ConcurrentHashMap<>();
  private final StopSignal signal;
  private final JobThreads threads;
  private volatile boolean running;

  RunningHere(StopSignal signal, JobThreads threads) {
    this.signal = signal;
    this.threads = threads;
  }

  JobExecution add(JobExecution run) {
    runs.values().removeIf(other -> other.getEndTime() != null);
    runs.put(run.getId(), run);
    return run;
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
    if (!threads.finish(LONGEST_STOP)) {
      log.warn("a run has not stopped within {}; it can be restarted all the same", LONGEST_STOP);
    }
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
