package org.smileadventure.batch.schedule;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.jobs.Nightly;
import org.smileadventure.batch.jobs.Nightly.State;
import org.smileadventure.batch.jobs.RunProgress;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the nights do, from what is planned and from the runs of the job. */
@Component
class NightlyProgress implements Supplier<Nightly> {
  private static final String LAST_RUN = SqlFile.read(NightlyProgress.class, "last-run.sql");
  private static final String LAST_STEPS = SqlFile.read(NightlyProgress.class, "last-steps.sql");
  private static final String BEGUN_STEPS = SqlFile.read(NightlyProgress.class, "begun-steps.sql");

  private final JdbcClient jdbc;
  private final Nights nights;
  private final OverdueMeter overdue;
  private final RunProgress progress;
  private final ScheduleProperties properties;
  private final InstantSource clock;

  NightlyProgress(
      JdbcClient jdbc,
      Nights nights,
      OverdueMeter overdue,
      RunProgress progress,
      ScheduleProperties properties,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.nights = nights;
    this.overdue = overdue;
    this.progress = progress;
    this.properties = properties;
    this.clock = clock;
  }

  private record Run(
      long run,
      long execution,
      BatchStatus status,
      Instant begun,
      @Nullable Instant ended,
      @Nullable Instant planned) {}

  private record BegunStep(String name, BatchStatus status, @Nullable Instant started) {}

  @Override
  public Nightly get() {
    var now = clock.instant();
    var last = lastRun().orElse(null);
    var due = nights.open().filter(night -> !night.planned().isAfter(now)).orElse(null);
    var state = state(last, due);
    return new Nightly(
        properties.cron(),
        properties.zone().getId(),
        next(now),
        overdue.overdueSeconds(),
        properties.promisedBy().toString(),
        due != null ? due.planned() : last == null ? null : last.planned(),
        last != null && state != State.DUE ? last.begun() : due == null ? null : due.begun(),
        state == State.DONE && last != null ? last.ended() : null,
        state == State.RUNNING && last != null ? estimatedEnd(last, now) : null,
        state);
  }

  private static State state(@Nullable Run last, Nights.@Nullable OpenNight due) {
    if (last == null) {
      return due == null ? State.NEVER : State.DUE;
    }
    if (last.status().isRunning()) {
      return State.RUNNING;
    }
    return switch (last.status()) {
      case FAILED, UNKNOWN -> State.FAILED;
      case STOPPED -> State.DUE;
      // Done: before this one was due, by hand or as the last one.
      default ->
          due != null
              ? State.DUE
              : last.status() == BatchStatus.ABANDONED ? State.FAILED : State.DONE;
    };
  }

  /** By the task that begins it, on whichever instance; it knows of a failed one, too. */
  private @Nullable Instant next(Instant now) {
    var stored =
        jdbc.sql(
                """
                SELECT execution_time FROM scheduled_tasks
                WHERE task_name = :task AND NOT picked AND execution_time > :now::timestamptz
                """)
            .param("task", NightlyScheduler.TASK)
            .param("now", now.toString())
            .query(OffsetDateTime.class)
            .optional();
    if (stored.isPresent()) {
      return stored.get().toInstant();
    }
    return properties.isOff() ? null : properties.schedule().next(now);
  }

  private Optional<Run> lastRun() {
    return jdbc.sql(LAST_RUN).param("job", NightlyRun.JOB).query((row, _) -> run(row)).optional();
  }

  private static Run run(ResultSet row) throws SQLException {
    var ended = row.getObject("ended_at", OffsetDateTime.class);
    var planned = row.getString("planned_at");
    return new Run(
        row.getLong("run"),
        row.getLong("execution"),
        BatchStatus.valueOf(row.getString("status")),
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        ended == null ? null : ended.toInstant(),
        planned == null ? null : Instant.parse(planned));
  }

  /** See {@link Nightly}. */
  private @Nullable Instant estimatedEnd(Run running, Instant now) {
    var lastTime = lastTime();
    if (lastTime.isEmpty()) {
      return null;
    }
    var begun = begunSteps(running.run());
    var estimates = progress.estimatedEnds(running.execution());
    var left = 0.0;
    for (var step : begun.values()) {
      if (step.status() != BatchStatus.COMPLETED) {
        var estimate = estimates.get(step.name());
        left +=
            estimate != null
                ? seconds(now, estimate)
                : leftOfLastTime(step, lastTime.getOrDefault(step.name(), 0.0), now);
      }
    }
    for (var step : lastTime.entrySet()) {
      if (!begun.containsKey(step.getKey())) {
        left += step.getValue();
      }
    }
    return now.plusMillis(Math.round(left * 1_000));
  }

  private static double leftOfLastTime(BegunStep step, double lastTime, Instant now) {
    return step.started() == null ? lastTime : Math.max(0, lastTime - seconds(step.started(), now));
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
  }

  private Map<String, Double> lastTime() {
    return jdbc
        .sql(LAST_STEPS)
        .param("job", NightlyRun.JOB)
        .query((row, _) -> Map.entry(row.getString("name"), row.getDouble("seconds")))
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<String, BegunStep> begunSteps(long run) {
    List<BegunStep> steps =
        jdbc.sql(BEGUN_STEPS)
            .param("run", run)
            .query(
                (row, _) -> {
                  var started = row.getObject("started_at", OffsetDateTime.class);
                  return new BegunStep(
                      row.getString("name"),
                      BatchStatus.valueOf(row.getString("status")),
                      started == null ? null : started.toInstant());
                })
            .list();
    return steps.stream().collect(toMap(BegunStep::name, step -> step));
  }
}
