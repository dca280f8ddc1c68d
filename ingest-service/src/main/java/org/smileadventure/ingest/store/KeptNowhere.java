package org.smileadventure.ingest.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the children of whom nothing may be kept, not even what cannot be stored. */
@Component
public class KeptNowhere {
  private static final String READ = SqlFile.read(KeptNowhere.class, "kept-nowhere.sql");

  private static final String REFUSED = SqlFile.read(KeptNowhere.class, "erased-child-refused.sql");

  private final JdbcClient jdbc;

  KeptNowhere(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes that Kafka has had something of these erased children again; the certificate counts from
   * that. Not while an erasure is carried out just now: what comes meanwhile is older than its end.
   */
  public void refused(Collection<ChildId> children) {
    if (!children.isEmpty()) {
      jdbc.sql(REFUSED)
          .param("children", children.stream().mapToLong(ChildId::value).toArray())
          .update();
    }
  }

  /** Those of these children, and the reason. */
  public Map<ChildId, Rejection> among(Collection<ChildId> children) {
    if (children.isEmpty()) {
      return Map.of();
    }
    var reasons = new HashMap<ChildId, Rejection>();
    jdbc.sql(READ)
        .param("children", children.stream().mapToLong(ChildId::value).toArray())
        .query(
            row -> {
              reasons.put(
                  new ChildId(row.getLong("child_id")),
                  row.getBoolean("erased") ? Rejection.ERASED_CHILD : Rejection.NO_CONSENT);
            });
    return reasons;
  }
}
