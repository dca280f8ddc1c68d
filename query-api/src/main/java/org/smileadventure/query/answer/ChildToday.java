package org.smileadventure.query.answer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells which day it is where a child lives, in transactions to which the child was opened. */
@Component
public class ChildToday {
  private final JdbcClient jdbc;

  ChildToday(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty if the viewer may not see the child, or there is none. */
  public Optional<LocalDate> of(Viewer viewer, ChildId child, Instant now) {
    return jdbc.sql(
            "SELECT timezone FROM v_child_access WHERE child_id = :child AND user_id = :viewer LIMIT 1")
        .param("child", child.value())
        .param("viewer", viewer.id())
        .query(String.class)
        .optional()
        .map(zone -> LocalDate.ofInstant(now, ZoneId.of(zone)));
  }
}
