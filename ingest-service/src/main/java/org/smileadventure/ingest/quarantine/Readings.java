package org.smileadventure.ingest.quarantine;

import java.sql.Types;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.security.AuditActor;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts on record who read the quarantine, before anything is shown. Who read what a record says has
 * looked at the child that it is of, if that is known.
 */
@Component
class Readings {
  private static final String NOTE = SqlFile.read(Readings.class, "note-reading.sql");

  private final JdbcClient jdbc;

  Readings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void note(String topicId, ConsumerRecord<byte[], byte @Nullable []> kafkaRecord, String reader) {
    var child = QuarantineKey.child(kafkaRecord);
    var actor = AuditActor.of(reader);
    jdbc.sql(NOTE)
        .param("topic_id", topicId)
        .param("id", kafkaRecord.offset())
        .param("reader", reader)
        .param("user", actor.id(), Types.BIGINT)
        .param("detail", actor.detail("record " + kafkaRecord.offset()))
        .param("child", child == null ? 0 : child.value())
        .query(_ -> {});
  }

  /**
   * Some records, of which nothing is shown that they say.
   *
   * @param what was done with them, such as {@code list}
   */
  void note(String what, Collection<QuarantinedRecord> page, String reader) {
    var actor = AuditActor.of(reader);
    jdbc.sql(
            """
            INSERT INTO audit_log (actor, actor_role, action, detail)
            VALUES (:user, 'admin', 'quarantine_read', :detail)
            """)
        .param("user", actor.id(), Types.BIGINT)
        .param(
            "detail",
            actor.detail(
                page.stream()
                    .map(shown -> Long.toString(shown.id()))
                    .collect(Collectors.joining(", ", what + " of records ", ""))))
        .update();
  }
}
