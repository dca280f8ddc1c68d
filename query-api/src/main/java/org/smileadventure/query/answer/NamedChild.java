package org.smileadventure.query.answer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a child is called, and where it lives. */
public record NamedChild(String name, ZoneId zone) {
  private record Row(String name, String timezone) {}

  /**
   * Reads it; empty if the viewer may not see the child, or there is none. In a transaction to
   * which the child was opened.
   */
  public static Optional<NamedChild> read(JdbcClient jdbc, Viewer viewer, ChildId child) {
    return jdbc.sql(
            """
            SELECT c.name, a.timezone
            FROM v_child_access a JOIN children c ON c.id = a.child_id
            WHERE a.child_id = :child AND a.user_id = :viewer LIMIT 1
            """)
        .param("child", child.value())
        .param("viewer", viewer.id())
        .query(Row.class)
        .optional()
        .map(row -> new NamedChild(row.name(), ZoneId.of(row.timezone())));
  }

  /** The day that it is where the child lives. */
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  /** When its next day begins. */
  public Instant nextMidnight(Instant now) {
    return today(now).plusDays(1).atStartOfDay(zone).toInstant();
  }
}
