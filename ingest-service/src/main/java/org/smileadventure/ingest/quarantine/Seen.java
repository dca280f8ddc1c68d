package org.smileadventure.ingest.quarantine;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.security.AuditActor;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Up to which record somebody has looked at the quarantine. */
@Component
class Seen {
  private static final String NOTE = SqlFile.read(Seen.class, "note-seen.sql");

  private final JdbcClient jdbc;

  Seen(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The last record that was seen, if any was. */
  Optional<Long> upTo(String topicId) {
    return jdbc.sql(
            """
            SELECT seen_up_to FROM quarantine_seen
            WHERE topic_id = :topic_id AND seen_up_to IS NOT NULL
            """)
        .param("topic_id", topicId)
        .query(Long.class)
        .optional();
  }

  /** Puts on record that somebody has seen all up to this record, and notes it if it is news. */
  void note(String topicId, long upTo, String by) {
    var actor = AuditActor.of(by);
    jdbc.sql(NOTE)
        .param("topic_id", topicId)
        .param("up_to", upTo)
        .param("user", actor.id(), Types.BIGINT)
        .param("detail", actor.detail("up to record " + upTo))
        .update();
  }

  /**
   * For whoever watches the system by way of the database.
   *
   * @param end the id of the next record to come
   * @param oldest when the oldest unseen record was set aside; null without one
   */
  void measured(String topicId, long end, int unseen, @Nullable Instant oldest, Instant now) {
    jdbc.sql(
            """
            INSERT INTO quarantine_seen (topic_id, end_id, unseen, oldest_unseen_at, measured_at)
            VALUES (:topic_id, :end_id, :unseen, :oldest::timestamptz, :now::timestamptz)
            ON CONFLICT (topic_id) DO UPDATE
            SET end_id = excluded.end_id, unseen = excluded.unseen,
                oldest_unseen_at = excluded.oldest_unseen_at, measured_at = excluded.measured_at
            """)
        .param("topic_id", topicId)
        .param("end_id", end)
        .param("unseen", unseen)
        .param("oldest", oldest == null ? null : oldest.toString(), Types.VARCHAR)
        .param("now", now.toString())
        .update();
  }
}
