package org.smileadventure.query.accounts;

import jakarta.validation.constraints.Positive;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.BindParam;
import tools.jackson.databind.json.JsonMapper;

/** Which professional may see which child. What ends stays on record. */
@Component
class Assignments {
  private static final String ASSIGNMENT =
      """
      SELECT id, child_id, professional_id, assigned_date, assigned_by, status, assignment_type,
             until, ended_at, permissions, consented
      FROM patient_assignments
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Audit audit;

  Assignments(JdbcClient jdbc, JsonMapper json, Audit audit) {
    this.jdbc = jdbc;
    this.json = json;
    this.audit = audit;
  }

  /**
   * An assignment.
   *
   * @param until of a temporary one
   * @param consented whether a guardian consents; the professional sees nothing without it
   */
  record Assignment(
      long id,
      long childId,
      long professionalId,
      Instant assignedDate,
      @Nullable Long assignedBy,
      String status,
      String assignmentType,
      @Nullable Instant until,
      @Nullable Instant endedAt,
      Permissions permissions,
      boolean consented) {}

  /**
   * What a professional may do with a child that is assigned.
   *
   * @param export take everything away in one file
   * @param notes read what guardians note of sessions
   */
  record Permissions(boolean export, boolean notes) {
    static final Permissions ALL = new Permissions(true, true);
  }

  /** Who is to see which child, and how. */
  record Wanted(
      long child,
      long professional,
      String type,
      @Nullable Instant until,
      Permissions permissions) {}

  /** Which assignments; what is null does not matter. */
  record Filter(
      @BindParam("child_id") @Nullable @Positive Long childId,
      @BindParam("professional_id") @Nullable @Positive Long professionalId) {}

  /** A page of them, by number. That it was read is on record. */
  @Transactional
  public Page.Cut<Assignment> find(Filter filter, Page page, Viewer admin) {
    audit.record(
        admin,
        "assignments_read",
        filter.childId() == null ? null : new ChildId(filter.childId()),
        "list"
            + (filter.professionalId() == null ? "" : " of professional " + filter.professionalId())
            + (page.after() == null ? "" : " after " + Cursor.id(page.after())));
    // A plan for any filter would read the whole table.
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
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
            .query((row, _) -> assignment(row))
            .list();
    return page.cut(found, assignment -> Cursor.ofId(assignment.id()));
  }

  /**
   * The active one, which may have been there before and is now as wanted; empty if there is no
   * such professional.
   */
  @Transactional
  public Optional<Assignment> assign(Wanted wanted, Viewer by) {
    jdbc.sql(
            """
            INSERT INTO patient_assignments AS a (child_id, professional_id, assigned_by, assignment_type, until, permissions)
            SELECT :child, u.id, :by, :type, :until::timestamptz,
                   jsonb_build_object('export', :export::boolean, 'notes', :notes::boolean)
            FROM auth_users u
            WHERE u.id = :professional AND u.role = 'professional'
            ON CONFLICT (child_id, professional_id) WHERE status = 'active' DO UPDATE
            SET assignment_type = excluded.assignment_type, until = excluded.until, permissions = excluded.permissions
            """)
        .param("child", wanted.child())
        .param("professional", wanted.professional())
        .param("by", by.id())
        .param("type", wanted.type())
        .param("until", wanted.until() == null ? null : wanted.until().toString())
        .param("export", wanted.permissions().export())
        .param("notes", wanted.permissions().notes())
        .update();
    var active =
        jdbc.sql(
                ASSIGNMENT
                    + "WHERE child_id = :child AND professional_id = :professional AND status ="
                    + " 'active'")
            .param("child", wanted.child())
            .param("professional", wanted.professional())
            .query((row, _) -> assignment(row))
            .optional();
    active.ifPresent(
        assignment ->
            audit.record(
                by,
                "assignment",
                new ChildId(assignment.childId()),
                "professional %d assigned: %s".formatted(wanted.professional(), wanted.type())));
    return active;
  }

  /** Whether there is such an assignment. One that has ended stays as it is. */
  @Transactional
  public boolean end(long id, Viewer by) {
    var ended =
        jdbc.sql(
                """
                UPDATE patient_assignments SET status = 'inactive', ended_at = now()
                WHERE id = :id AND status = 'active'
                RETURNING child_id, professional_id
                """)
            .param("id", id)
            .query(Ended.class)
            .optional();
    ended.ifPresent(
        assignment ->
            audit.record(
                by,
                "assignment",
                new ChildId(assignment.childId()),
                "professional %d: ended".formatted(assignment.professionalId())));
    return ended.isPresent()
        || jdbc.sql("SELECT EXISTS (SELECT FROM patient_assignments WHERE id = :id)")
            .param("id", id)
            .query(Boolean.class)
            .single();
  }

  private record Ended(long childId, long professionalId) {}

  private Assignment assignment(ResultSet row) throws SQLException {
    var permissions = json.readTree(row.getString("permissions"));
    return new Assignment(
        row.getLong("id"),
        row.getLong("child_id"),
        row.getLong("professional_id"),
        row.getObject("assigned_date", OffsetDateTime.class).toInstant(),
        row.getObject("assigned_by", Long.class),
        row.getString("status"),
        row.getString("assignment_type"),
        instant(row, "until"),
        instant(row, "ended_at"),
        // What is not said is allowed, as v_child_access has it.
        new Permissions(
            permissions.path("export").asBoolean(true), permissions.path("notes").asBoolean(true)),
        row.getBoolean("consented"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
