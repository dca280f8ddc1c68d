package org.smileadventure.query.accounts;

import jakarta.validation.constraints.Positive;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.BindParam;

/** Which professional may see which child. What ends stays on record. */
@Component
class Assignments {
  private static final String ASSIGNMENT =
      """
      SELECT id, child_id, professional_id, assigned_date, assigned_by, status, assignment_type
      FROM patient_assignments
      """;

  private final JdbcClient jdbc;

  Assignments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Assignment(
      long id,
      long childId,
      long professionalId,
      Instant assignedDate,
      @Nullable Long assignedBy,
      String status,
      String assignmentType) {}

  /** Which assignments; what is null does not matter. */
  record Filter(
      @BindParam("child_id") @Nullable @Positive Long childId,
      @BindParam("professional_id") @Nullable @Positive Long professionalId) {}

  /** A page of them, by number. */
  Page.Cut<Assignment> find(Filter filter, Page page) {
    var found =
        jdbc.sql(
                ASSIGNMENT
                    + """
                    WHERE id > :after
                      AND (:child::bigint IS NULL OR child_id = :child::bigint)
                      AND (:professional::bigint IS NULL OR professional_id = :professional::bigint)
                    ORDER BY id
                    LIMIT :most
                    """)
            .param("after", page.after() == null ? 0 : Cursor.id(page.after()))
            .param("child", filter.childId(), Types.BIGINT)
            .param("professional", filter.professionalId(), Types.BIGINT)
            .param("most", page.limitAndOne())
            .query(new SimplePropertyRowMapper<>(Assignment.class))
            .list();
    return page.cut(found, assignment -> Cursor.ofId(assignment.id()));
  }

  /** The active one, which may have been there before; empty if there is no such professional. */
  Optional<Assignment> assign(long child, long professional, String type, long by) {
    jdbc.sql(
            """
            INSERT INTO patient_assignments (child_id, professional_id, assigned_by, assignment_type)
            SELECT :child, u.id, :by, :type
            FROM auth_users u
            WHERE u.id = :professional AND u.role = 'professional'
            ON CONFLICT (child_id, professional_id) WHERE status = 'active' DO NOTHING
            """)
        .param("child", child)
        .param("professional", professional)
        .param("by", by)
        .param("type", type)
        .update();
    return jdbc.sql(
            ASSIGNMENT
                + "WHERE child_id = :child AND professional_id = :professional AND status = 'active'")
        .param("child", child)
        .param("professional", professional)
        .query(Assignment.class)
        .optional();
  }

  /** Whether there is such an assignment. */
  boolean end(long id) {
    return jdbc.sql("UPDATE patient_assignments SET status = 'inactive' WHERE id = :id")
            .param("id", id)
            .update()
        == 1;
  }
}
