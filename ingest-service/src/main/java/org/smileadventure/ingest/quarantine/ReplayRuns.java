package org.smileadventure.ingest.quarantine;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.smileadventure.common.security.AuditActor;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs that send records again, and how far each is. */
@Component
class ReplayRuns {
  private static final String ADD = SqlFile.read(ReplayRuns.class, "add-replay-run.sql");
  private static final String ADVANCED = SqlFile.read(ReplayRuns.class, "replay-run-advanced.sql");
  private static final String STOP = SqlFile.read(ReplayRuns.class, "stop-replay-run.sql");

  private final JdbcClient jdbc;

  ReplayRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is asked of a run: which records, how many in all and in a second, by whom. */
  record Asked(Selection selection, int most, int perSecond, String by) {}

  /**
   * Puts on record that a run was asked for, and begins it.
   *
   * @param records of which it sends some
   * @throws ProblemException 409 if one goes on already
   */
  ReplayRun add(Asked asked, String topicId, Position records) {
    var selection = asked.selection();
    var actor = AuditActor.of(asked.by());
    try {
      return jdbc.sql(ADD)
          .param("topic_id", topicId)
          .param(
              "reason",
              String.valueOf(selection.reason() == null ? null : selection.reason().wireName()))
          .param(
              "since",
              selection.since() == null ? null : selection.since().toString(),
              Types.VARCHAR)
          .param("most", asked.most())
          .param("per_second", asked.perSecond())
          .param("by", asked.by())
          .param("user", actor.id(), Types.BIGINT)
          .param("by_name", actor.byName())
          .param("next_id", records.next())
          .param("end_id", records.end())
          .query((row, _) -> ReplayRun.of(row))
          .single();
    } catch (DuplicateKeyException e) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "a run that sends records again goes on; stop it or wait for its end",
          e);
    }
  }

  Optional<ReplayRun> running() {
    return jdbc.sql("SELECT * FROM quarantine_replay_run WHERE state = 'running'")
        .query((row, _) -> ReplayRun.of(row))
        .optional();
  }

  /**
   * @throws ProblemException 404 if there is none
   */
  ReplayRun get(long id) {
    return jdbc.sql("SELECT * FROM quarantine_replay_run WHERE id = :id")
        .param("id", id)
        .query((row, _) -> ReplayRun.of(row))
        .optional()
        .orElseThrow(
            () -> new ProblemException(HttpStatus.NOT_FOUND, "there is no replay run " + id));
  }

  /** The last ones before that one, the last first. */
  List<ReplayRun> page(long before, int most) {
    return jdbc.sql(
            """
            SELECT * FROM quarantine_replay_run WHERE id < :before ORDER BY id DESC LIMIT :most
            """)
        .param("before", before)
        .param("most", most)
        .query((row, _) -> ReplayRun.of(row))
        .list();
  }

  /** Puts on record that somebody stops a run, and stops it if it goes on. */
  void stop(long id, String by) {
    var actor = AuditActor.of(by);
    jdbc.sql(STOP)
        .param("id", id)
        .param("user", actor.id(), Types.BIGINT)
        .param("detail", actor.detail("run " + id + " stopped"))
        .update();
  }

  /** Whether a run is still where somebody has found it, and more may be sent by now. */
  boolean isDue(ReplayRun run) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM quarantine_replay_run
              WHERE id = :id AND state = 'running' AND next_id = :next_id AND not_before <= clock_timestamp())
            """)
        .param("id", run.id())
        .param("next_id", run.position().next())
        .query(Boolean.class)
        .single();
  }

  /** What was done about records that follow each other. */
  record Step(long nextId, int lookedAt, int sent, int alreadySent, int notSendable) {}

  /** Notes it, in the transaction of the caller; the last one ends the run. */
  ReplayRun advanced(ReplayRun run, Step step) {
    return jdbc.sql(ADVANCED)
        .param("id", run.id())
        .param("next_id", step.nextId())
        .param("looked_at", step.lookedAt())
        .param("sent", step.sent())
        .param("already_sent", step.alreadySent())
        .param("not_sendable", step.notSendable())
        .query((row, _) -> ReplayRun.of(row))
        .single();
  }

  void failed(ReplayRun run, String why) {
    jdbc.sql(
            """
            UPDATE quarantine_replay_run
            SET state = 'failed', ended_at = clock_timestamp(), failure = :why
            WHERE id = :id AND state = 'running'
            """)
        .param("id", run.id())
        .param("why", why)
        .update();
  }
}
