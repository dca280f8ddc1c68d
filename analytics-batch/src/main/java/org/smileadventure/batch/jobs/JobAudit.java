package org.smileadventure.batch.jobs;

import java.security.Principal;
import java.sql.Types;
import org.smileadventure.common.security.AuditActor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts on record who has jobs start and stop. */
@Component
class JobAudit {
  private final JdbcClient jdbc;

  JobAudit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is done about a job. */
  enum Act {
    STARTED("job_started"),
    STOPPED("job_stopped"),
    RESTARTED("job_restarted"),
    ABANDONED("job_abandoned");

    private final String action;

    Act(String action) {
      this.action = action;
    }
  }

  /**
   * Records it, before it is done.
   *
   * @param who an admin; one of an outside issuer whose name is no number is told in the detail
   */
  void note(Principal who, Act act, String what) {
    var actor = AuditActor.of(who.getName());
    jdbc.sql(
            """
            INSERT INTO audit_log (actor, actor_role, action, detail)
            VALUES (:actor::bigint, 'admin', :action, :detail)
            """)
        .param("actor", actor.id(), Types.BIGINT)
        .param("action", act.action)
        .param("detail", actor.detail(what))
        .update();
  }
}
