package org.smileadventure.ingest.find;

import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.security.AuditActor;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts on record who looked for an event, before anything is told. */
@Component
class Searches {
  private static final String NOTE = SqlFile.read(Searches.class, "note-search.sql");

  private final JdbcClient jdbc;

  Searches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param children whose the answer is; none: nobody knows
   */
  void note(Sought sought, Set<ChildId> children, String seeker) {
    if (children.isEmpty()) {
      note(sought, (ChildId) null, seeker);
    }
    children.forEach(child -> note(sought, child, seeker));
  }

  private void note(Sought sought, @Nullable ChildId child, String seeker) {
    var actor = AuditActor.of(seeker);
    jdbc.sql(NOTE)
        .param("user", actor.id(), Types.BIGINT)
        .param("child", child == null ? null : child.value(), Types.BIGINT)
        .param("detail", actor.detail(detail(sought)))
        .update();
  }

  private static String detail(Sought sought) {
    if (sought.eventId() != null) {
      return "event_id " + sought.eventId();
    }
    return "session_id "
        + sought.sessionId()
        + (sought.sequence() == null ? "" : ", sequence " + sought.sequence());
  }
}
