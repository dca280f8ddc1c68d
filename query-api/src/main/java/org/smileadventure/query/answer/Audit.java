package org.smileadventure.query.answer;

import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts on record who did what, in the transaction of the act. */
@Component
public class Audit {
  private final JdbcClient jdbc;

  Audit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What somebody did that is about no child. */
  public void record(Viewer actor, String action, String detail) {
    record(actor, action, null, detail);
  }

  /**
   * What somebody did.
   *
   * @param detail numbers and words of ours, and nothing that a person typed
   */
  public void record(Viewer actor, String action, @Nullable ChildId child, String detail) {
    jdbc.sql(
            """
            INSERT INTO audit_log (actor, actor_role, action, child, detail)
            VALUES (:actor, :role, :action, :child::bigint, left(:detail, 500))
            """)
        .param("actor", actor.id())
        .param("role", actor.role())
        .param("action", action)
        .param("child", child == null ? null : child.value(), Types.BIGINT)
        .param("detail", detail)
        .update();
  }
}
