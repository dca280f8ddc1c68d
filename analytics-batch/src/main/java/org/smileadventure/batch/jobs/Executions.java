package org.smileadventure.batch.jobs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildRange;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.SqlFile;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.dao.DefaultExecutionContextSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How runs do, read from the tables of Spring Batch in a few statements, however many runs,
 * partitions or steps there are. The job repository would load each partition with its context.
 */
@Component
class Executions {
  private static final String HISTORY = SqlFile.read(Executions.class, "history.sql");
  private static final String RUNS = SqlFile.read(Executions.class, "runs.sql");
  private static final String STEPS = SqlFile.read(Executions.class, "steps.sql");
  private static final String PARTITIONS = SqlFile.read(Executions.class, "partitions.sql");
  private static final DefaultExecutionContextSerializer CONTEXTS =
      new DefaultExecutionContextSerializer();

  private final JdbcClient jdbc;
  private final InstantSource clock;

  Executions(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Which runs of a job.
   *
   * @param status null: any
   * @param from the first moment at which they began; null: any
   * @param to the moment from which on they are too late; null: none
   */
  record Filter(@Nullable BatchStatus status, @Nullable Instant from, @Nullable Instant to) {
    static final Filter ALL = new Filter(null, null, null);

    /**
     * As a request has it.
     *
     * @throws BadParameterException if one of these is not what it should be
     */
    static Filter of(@Nullable String status, @Nullable Instant from, @Nullable Instant to) {
      storable("from", from);
      storable("to", to);
      if (from != null && to != null && to.isBefore(from)) {
        throw new BadParameterException("to", "a time that is not before " + from, to.toString());
      }
      return new Filter(Executions.status(status), from, to);
    }

    /** PostgreSQL knows fewer years than Java. */
    private static void storable(String name, @Nullable Instant time) {
      if (time != null
          && (time.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
              || time.isAfter(Instant.parse("9999-12-31T23:59:59Z")))) {
        throw new BadParameterException(
            name, "a time such as 2026-11-24T02:30:00Z", time.toString());
      }
    }
  }

  /**
   * Null: any.
   *
   * @throws BadParameterException if there is no such status
   */
  static @Nullable BatchStatus status(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(BatchStatus.values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "status", "one of " + List.of(BatchStatus.values()), name));
  }

  /**
   * One run.
   *
   * @throws JobRefusedException if there is none
   */
  Execution of(long id) {
    return read(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> JobRefusedException.noSuchExecution(id));
  }

  /** Runs of a job, newest first, of those before this one. */
  List<Execution> page(String job, Filter filter, long before, int most) {
    return read(
        jdbc.sql(HISTORY)
            .param("job", job)
            .param("before", before)
            .param("status", filter.status() == null ? null : filter.status().name(), Types.VARCHAR)
            .param("from", text(filter.from()), Types.VARCHAR)
            .param("to", text(filter.to()), Types.VARCHAR)
            .param("most", most)
            .query((row, _) -> row.getLong(1))
            .list());
  }

  /**
   * Partitions of a run, in the order in which they were cut.
   *
   * @param step null: of all steps
   * @param after the id of the last one of the page before
   */
  List<Partition> partitions(
      long run, @Nullable String step, @Nullable BatchStatus status, long after, int most) {
    var found =
        jdbc.sql(PARTITIONS)
            .param("run", run)
            .param("step", step, Types.VARCHAR)
            .param("status", status == null ? null : status.name(), Types.VARCHAR)
            .param("after", after)
            .param("most", most)
            .query((row, _) -> partition(row))
            .list();
    var contexts = contexts(found.stream().map(Partition::id).toList());
    return found.stream()
        .map(
            part ->
                new Partition(
                    part.id(),
                    part.step(),
                    part.partition(),
                    part.status(),
                    part.done(),
                    planned(contexts.get(part.id())),
                    part.startedAt(),
                    part.endedAt(),
                    part.failure()))
        .toList();
  }

  private static Partition partition(ResultSet row) throws SQLException {
    var failed = BatchStatus.FAILED.name().equals(row.getString("status"));
    return new Partition(
        row.getLong("id"),
        row.getString("step"),
        row.getString("partition"),
        row.getString("status"),
        row.getLong("done"),
        null,
        instant(row, "start_time"),
        instant(row, "end_time"),
        failed ? Execution.reason(row.getString("failure")) : null);
  }

  private record StepOfRun(
      long run,
      long id,
      String name,
      String status,
      long done,
      @Nullable Instant start,
      @Nullable Instant end,
      Execution.@Nullable Partitions partitions) {}

  private List<Execution> read(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    var runs = ids.stream().mapToLong(Long::longValue).toArray();
    var now = clock.instant();
    var parameters = parameters(runs);
    var steps = steps(runs);
    var contexts =
        contexts(
            steps.stream().filter(step -> step.partitions() != null).map(StepOfRun::id).toList());
    var byRun =
        steps.stream()
            .collect(
                groupingBy(
                    StepOfRun::run,
                    mapping(step -> step(step, planned(contexts.get(step.id())), now), toList())));
    return jdbc.sql(RUNS)
        .param("runs", runs)
        .query(
            (row, _) -> {
              var id = row.getLong("id");
              var start = instant(row, "start_time");
              var end = instant(row, "end_time");
              var failed = BatchStatus.FAILED.name().equals(row.getString("status"));
              return new Execution(
                  id,
                  row.getString("job"),
                  parameters.getOrDefault(id, Map.of()),
                  row.getString("status"),
                  start,
                  end,
                  Execution.seconds(start, end, now),
                  failed ? Execution.reason(row.getString("failure")) : null,
                  byRun.getOrDefault(id, List.of()));
            })
        .list();
  }

  private static Execution.Step step(StepOfRun step, @Nullable Long planned, Instant now) {
    return Execution.Step.of(
        step.name(),
        step.status(),
        step.done(),
        planned,
        Execution.seconds(step.start(), step.end(), now),
        step.partitions(),
        now);
  }

  private List<StepOfRun> steps(long... runs) {
    return jdbc.sql(STEPS)
        .param("runs", runs)
        .query(
            (row, _) -> {
              var partitions = row.getLong("partitions");
              return new StepOfRun(
                  row.getLong("run"),
                  row.getLong("id"),
                  row.getString("name"),
                  row.getString("status"),
                  row.getLong("done"),
                  instant(row, "start_time"),
                  instant(row, "end_time"),
                  partitions == 0
                      ? null
                      : new Execution.Partitions(
                          partitions, row.getLong("completed"), row.getLong("failed")));
            })
        .list();
  }

  private Map<Long, Map<String, String>> parameters(long... runs) {
    var parameters = new HashMap<Long, Map<String, String>>();
    jdbc.sql(
            """
            SELECT job_execution_id, parameter_name, coalesce(parameter_value, '') AS parameter_value
            FROM batch_job_execution_params
            WHERE job_execution_id = ANY (:runs::bigint[]) AND parameter_name <> :ours
            """)
        .param("runs", runs)
        .param("ours", JobRuns.RUN)
        .query(
            row -> {
              parameters
                  .computeIfAbsent(row.getLong("job_execution_id"), _ -> new TreeMap<>())
                  .put(row.getString("parameter_name"), row.getString("parameter_value"));
            });
    return parameters;
  }

  /** What Spring Batch keeps with steps, as it writes it. */
  private Map<Long, Map<String, Object>> contexts(Collection<Long> steps) {
    var contexts = new HashMap<Long, Map<String, Object>>();
    if (!steps.isEmpty()) {
      jdbc.sql(
              """
              SELECT step_execution_id, coalesce(serialized_context, short_context) AS context
              FROM batch_step_execution_context
              WHERE step_execution_id = ANY (:steps::bigint[])
              """)
          .param("steps", steps.stream().mapToLong(Long::longValue).toArray())
          .query(
              row -> {
                contexts.put(row.getLong("step_execution_id"), context(row.getString("context")));
              });
    }
    return contexts;
  }

  private static Map<String, Object> context(String serialized) {
    try {
      return CONTEXTS.deserialize(
          new ByteArrayInputStream(serialized.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException("the context of a step cannot be read", e);
    }
  }

  private static @Nullable Long planned(@Nullable Map<String, Object> context) {
    return context != null && context.get(ChildRange.PLANNED) instanceof Long planned
        ? planned
        : null;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /** Spring Batch writes what the clock shows in UTC. */
  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
