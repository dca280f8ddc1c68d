package org.smileadventure.query.accounts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which professional may see which child, decided by admins. What ends stays on record. */
@RestController
class AssignmentsEndpoint {
  private static final String ASSIGNMENT =
      """
      SELECT jsonb_build_object(
        'id', id, 'child_id', child_id, 'professional_id', professional_id, 'assigned_date', assigned_date,
        'assigned_by', assigned_by, 'status', status, 'assignment_type', assignment_type)
      FROM patient_assignments
      """;

  private final Answers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  AssignmentsEndpoint(Answers answers, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
  }

  record Assignment(
      long id,
      long childId,
      long professionalId,
      Instant assignedDate,
      @Nullable Long assignedBy,
      String status,
      String assignmentType) {}

  /** A page of assignments, by number. */
  record AssignmentPage(
      List<Assignment> assignments, @Nullable String nextCursor, int limit, Instant computedAt) {}

  /** Which assignments; what is null does not matter. */
  record Filter(
      @BindParam("child_id") @Nullable @Positive Long childId,
      @BindParam("professional_id") @Nullable @Positive Long professionalId) {}

  @Operation(summary = "Which professional may see which child")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AssignmentPage.class)))
  @GetMapping("/api/v1/assignments")
  ResponseEntity<byte[]> assignments(
      Asked asked, Page page, @Valid @ParameterObject Filter filter) {
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
            .query((row, _) -> json.readValue(row.getString(1), Assignment.class))
            .list();
    var cut = page.cut(found, assignment -> Cursor.ofId(assignment.id()));
    return answers.of(
        new AssignmentPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  record NewAssignment(
      @NotNull @Positive Long childId,
      @NotNull @Positive Long professionalId,
      @Nullable @Pattern(regexp = "primary|consulting|temporary") String assignmentType) {}

  @Operation(summary = "Lets a professional see a child; done again, it is the same assignment")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Assignment.class)))
  @ApiResponse(responseCode = "422", description = "There is no such child or professional")
  @PostMapping("/api/v1/assignments")
  ResponseEntity<byte[]> assign(@Valid @RequestBody NewAssignment assignment, Asked asked) {
    try {
      jdbc.sql(
              """
              INSERT INTO patient_assignments (child_id, professional_id, assigned_by, assignment_type)
              SELECT :child, u.id, :by, :type
              FROM auth_users u
              WHERE u.id = :professional AND u.role = 'professional'
              ON CONFLICT (child_id, professional_id) WHERE status = 'active' DO NOTHING
              """)
          .param("child", assignment.childId())
          .param("professional", assignment.professionalId())
          .param("by", asked.viewer().id())
          .param("type", Objects.requireNonNullElse(assignment.assignmentType(), "primary"))
          .update();
    } catch (DataIntegrityViolationException _) {
      throw unknown("child_id", assignment.childId());
    }
    var active =
        jdbc.sql(
                ASSIGNMENT
                    + "WHERE child_id = :child AND professional_id = :professional AND status = 'active'")
            .param("child", assignment.childId())
            .param("professional", assignment.professionalId())
            .query((row, _) -> json.readValue(row.getString(1), Assignment.class))
            .optional()
            .orElseThrow(() -> unknown("professional_id", assignment.professionalId()));
    return answers.of(active, asked.fields());
  }

  @Operation(summary = "Ends an assignment")
  @ApiResponse(responseCode = "204", description = "It has ended")
  @DeleteMapping("/api/v1/assignments/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@PathVariable long id) {
    var ended =
        jdbc.sql("UPDATE patient_assignments SET status = 'inactive' WHERE id = :id")
            .param("id", id)
            .update();
    if (ended == 0) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "there is no assignment " + id);
    }
  }

  private static ProblemException unknown(String field, long id) {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, field + ": there is no " + id)
        .with("parameter", field);
  }
}
