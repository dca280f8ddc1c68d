package org.smileadventure.batch.jobs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.lock.SessionLock;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Where jobs run. The run takes the right to it along, and gives it back when all is over, its
 * result recorded: earlier, another instance could take it for a run whose process is dead.
 */
final class JobThreads implements TaskExecutor, AutoCloseable {
  private static final int RUNS_AT_A_TIME = 4;

  private static final ThreadLocal<@Nullable SessionLock> HANDED_OVER = new ThreadLocal<>();

  private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();

  JobThreads() {
    threads.setCorePoolSize(RUNS_AT_A_TIME);
    threads.setThreadNamePrefix("job-");
    threads.initialize();
  }

  /** The next task that this thread submits keeps the lock until it has ended. */
  void handOver(SessionLock lock) {
    HANDED_OVER.set(lock);
  }

  /** The lock that no task has taken along; null: it is taken. */
  @Nullable SessionLock takeBack() {
    var lock = HANDED_OVER.get();
    HANDED_OVER.remove();
    return lock;
  }

  @Override
  public void execute(Runnable task) {
    var lock = takeBack();
    threads.execute(
        () -> {
          try (lock) {
            task.run();
          }
        });
  }

  /** Takes no more tasks, and waits for those there are; false: for so long in vain. */
  boolean finish(Duration atMost) {
    threads.initiateShutdown();
    try {
      return threads
          .getThreadPoolExecutor()
          .awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
