package org.smileadventure.batch.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.audit.AuditSealing;
import org.smileadventure.batch.remote.Role;
import org.smileadventure.batch.remote.RoleProperties;
import org.smileadventure.batch.statement.StatementsTask;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has the nightly run begin when it is due, the audit sealed each minute, and a record store sent
 * what it has not, on one instance of however many there are.
 *
 * <p>With db-scheduler, as it stores when the next run is due. If no instance is there at that
 * time, the first one to come finds the time in the past, and makes up for the run. ShedLock only
 * keeps two instances from running at the same time: each decides by its own clock that a run is
 * due, and nobody knows of one that was missed. Besides, the row says who has a run in hand and
 * when it was last heard of; if that was too long ago, another instance takes it over.
 *
 * <p>The library alone: its starter for Spring Boot is made for version 3.
 */
@Component
class NightlyScheduler implements SmartLifecycle {
  static final String TASK = "nightly";

  private static final int MISSED_HEARTBEATS = 4;

  private final DataSource dataSource;
  private final ScheduleProperties properties;
  private final Role role;
  private final Nights nights;
  private final List<RecurringTask<Void>> tasks = new ArrayList<>();
  private @Nullable Scheduler scheduler;

  NightlyScheduler(
      DataSource dataSource,
      ScheduleProperties properties,
      RoleProperties role,
      Nights nights,
      NightlyRun run,
      AuditSealing sealing,
      ObjectProvider<StatementsTask> statements) {
    this.dataSource = dataSource;
    this.properties = properties;
    this.role = role.role();
    this.nights = nights;
    if (!properties.isOff()) {
      tasks.add(Tasks.recurring(TASK, properties.schedule()).execute(run));
    }
    sealing.task().ifPresent(tasks::add);
    statements.ifAvailable(sending -> tasks.add(sending.task()));
  }

  @Override
  public boolean isAutoStartup() {
    return !tasks.isEmpty() && role != Role.WORKER;
  }

  @Override
  public void start() {
    var started =
        Scheduler.create(dataSource)
            .startTasks(tasks)
            .threads(tasks.size())
            .pollingInterval(properties.pollEvery())
            .heartbeatInterval(properties.heartbeatEvery())
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            // What another instance does need not be known here.
            .deleteUnresolvedAfter(Duration.ofDays(36_500))
            .failureLogging(LogLevel.WARN, false)
            // The run goes on after this as far as it gets; another instance restarts it.
            .shutdownMaxWait(Duration.ofSeconds(1))
            .build();
    started.start();
    scheduler = started;
    if (!properties.isOff()) {
      nights.planAs(TASK);
    }
  }

  @Override
  public void stop() {
    if (scheduler != null) {
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }
}
