package org.smileadventure.query.phase;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what began for a child, in transactions to which the child was opened. */
@Component
public class PhaseReader {
  private final JdbcClient jdbc;

  PhaseReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the order of their days. */
  public List<Phase> of(ChildId child) {
    return jdbc.sql(
            """
            SELECT id, day, kind, label, made_by, made_as, made_at
            FROM child_phases WHERE child_id = :child ORDER BY day, id
            """)
        .param("child", child.value())
        .query((row, _) -> phase(row))
        .list();
  }

  private static Phase phase(ResultSet row) throws SQLException {
    return new Phase(
        row.getObject("id", UUID.class),
        row.getObject("day", LocalDate.class),
        row.getString("kind"),
        row.getString("label"),
        row.getLong("made_by"),
        row.getString("made_as"),
        row.getObject("made_at", OffsetDateTime.class).toInstant());
  }
}
