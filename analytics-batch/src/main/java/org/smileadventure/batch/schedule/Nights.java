package org.smileadventure.batch.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code nights}: when nights are due, by when they are promised, and how they went. Who
 * has no schedule reads it there. A night that was missed or has failed stays open until a run has
 * been brought to its end, however much later; that run does for all that were due by then.
 */
@Component
class Nights {
  private final JdbcClient jdbc;
  private final ScheduleProperties properties;
  private final InstantSource clock;

  Nights(JdbcClient jdbc, ScheduleProperties properties, InstantSource clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * A night that was not brought to its end.
   *
   * @param begun null: it was not begun
   */
  record OpenNight(Instant planned, Instant promised, @Nullable Instant begun) {}

  /** The one that has been open the longest, or is due next; empty: nobody plans one. */
  Optional<OpenNight> open() {
    return jdbc.sql(
            """
            SELECT planned_at, promised_at, begun_at FROM nights
            WHERE ended_at IS NULL ORDER BY planned_at LIMIT 1
            """)
        .query((row, _) -> night(row))
        .optional();
  }

  private static OpenNight night(ResultSet row) throws SQLException {
    var begun = row.getObject("begun_at", OffsetDateTime.class);
    return new OpenNight(
        row.getObject("planned_at", OffsetDateTime.class).toInstant(),
        row.getObject("promised_at", OffsetDateTime.class).toInstant(),
        begun == null ? null : begun.toInstant());
  }

  /** This one is due next, and no other. */
  void plan(Instant planned) {
    jdbc.sql(
            """
            WITH other AS (
              DELETE FROM nights
              WHERE ended_at IS NULL AND begun_at IS NULL AND planned_at <> :planned::timestamptz
            )
            INSERT INTO nights (planned_at, promised_at)
            VALUES (:planned::timestamptz, :promised::timestamptz)
            ON CONFLICT (planned_at) DO UPDATE SET promised_at = excluded.promised_at
            WHERE nights.ended_at IS NULL
            """)
        .param("planned", planned.toString())
        .param("promised", properties.promised(planned).toString())
        .update();
  }

  /** As this task has it, unless it is in hand or has failed: then that night is open. */
  void planAs(String task) {
    jdbc.sql(
            """
            SELECT execution_time FROM scheduled_tasks
            WHERE task_name = :task AND NOT picked AND coalesce(consecutive_failures, 0) = 0
            """)
        .param("task", task)
        .query(OffsetDateTime.class)
        .optional()
        .ifPresent(due -> plan(due.toInstant()));
  }

  /** A run for this one has begun, now or before. */
  void begin(Instant planned) {
    jdbc.sql(
            """
            INSERT INTO nights (planned_at, promised_at, begun_at)
            VALUES (:planned::timestamptz, :promised::timestamptz, :now::timestamptz)
            ON CONFLICT (planned_at) DO UPDATE SET begun_at = coalesce(nights.begun_at, excluded.begun_at)
            """)
        .param("planned", planned.toString())
        .param("promised", properties.promised(planned).toString())
        .param("now", clock.instant().toString())
        .update();
  }

  /** A run has been brought to its end, and with it all nights that are due by now. */
  void end() {
    end(clock.instant());
  }

  /**
   * A run has been brought to its end, and with it all nights that were due by then.
   *
   * @param begun when the run was begun: it may have left out what has changed since
   */
  void end(Instant begun) {
    jdbc.sql(
            """
            UPDATE nights SET ended_at = :now::timestamptz, begun_at = coalesce(begun_at, :begun::timestamptz)
            WHERE ended_at IS NULL AND planned_at <= :begun::timestamptz
            """)
        .param("now", clock.instant().toString())
        .param("begun", begun.toString())
        .update();
  }

  /**
   * When the last of the nights was begun that were brought to their end after this time; empty:
   * none was.
   *
   * @param since null: at any time
   */
  Optional<Instant> begunOfEndedSince(@Nullable Instant since) {
    return jdbc.sql(
            """
            SELECT begun_at FROM nights
            WHERE ended_at > coalesce(:since::timestamptz, '-infinity')
            ORDER BY planned_at DESC LIMIT 1
            """)
        .param("since", since == null ? null : since.toString(), Types.VARCHAR)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }
}
