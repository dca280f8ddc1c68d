package org.smileadventure.query.family;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Tells an admin, after an incident, who could have seen what, and who did. */
@RestController
class ExposureEndpoint {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(750);

  private final Answers answers;
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExposureEndpoint(Answers answers, JdbcClient jdbc, JsonMapper json) {
    this.answers = answers;
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * The time in question, and of whom: some children, or all that one account could see.
   *
   * @param to not included
   */
  record Incident(
      @NotNull Instant from,
      @NotNull Instant to,
      @Nullable @Size(min = 1, max = 100) List<@NotNull @Positive Long> childIds,
      @Nullable @Positive Long userId) {}

  /**
   * Who could see a child and who looked.
   *
   * @param guardians all who decided about it in that time
   * @param assignments those that overlap the time; one without consent showed nothing
   * @param shares links to the report by which anybody who had one could see it in that time
   * @param looks of professionals and admins in that time; guardians' own are not on record
   */
  record Exposed(
      long childId,
      List<ExposureGuardian> guardians,
      List<ExposureAssignment> assignments,
      List<ExposureShare> shares,
      List<ExposureLook> looks) {}

  /**
   * A link to the report.
   *
   * @param ended when it was revoked, or it ends; null: nobody knows any more, 30 days after it was
   *     made at the latest
   * @param looks by it, in that time
   */
  record ExposureShare(
      UUID share, long madeBy, Instant madeAt, @Nullable Instant ended, long looks) {}

  record ExposureGuardian(long userId, @Nullable Instant since, @Nullable Instant until) {}

  record ExposureAssignment(
      long professionalId,
      String type,
      boolean consented,
      Instant since,
      @Nullable Instant until) {}

  record ExposureLook(
      @Nullable Long userId,
      String role,
      String request,
      long times,
      Instant first,
      Instant last) {}

  /** A page of children, by number. */
  record Exposure(
      List<Exposed> children, @Nullable String nextCursor, int limit, Instant computedAt) {}

  @Operation(summary = "Who could have seen which children in a time, and who looked")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Exposure.class)))
  @PostMapping("/api/v1/incidents/exposure")
  @Transactional
  ResponseEntity<byte[]> exposure(@Valid @RequestBody Incident incident, Asked asked, Page page) {
    requireBounds(incident);
    record(incident, asked);
    var found =
        jdbc.sql(
                """
                SELECT found
                FROM exposure(:viewer, :since::timestamptz, :until::timestamptz, :children, :account, :after, :most)
                """)
            .param("viewer", asked.viewer().id())
            .param("since", incident.from().toString())
            .param("until", incident.to().toString())
            .param(
                "children",
                incident.childIds() == null
                    ? new Long[0]
                    : incident.childIds().toArray(Long[]::new))
            .param("account", incident.userId(), Types.BIGINT)
            .param("after", page.after() == null ? 0 : Cursor.id(page.after()))
            .param("most", page.limitAndOne())
            .query((row, _) -> json.readValue(row.getString(1), Exposed.class))
            .list();
    var cut = page.cut(found, exposed -> Cursor.ofId(exposed.childId()));
    return answers.of(
        new Exposure(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }

  private void requireBounds(Incident incident) {
    if ((incident.childIds() == null) == (incident.userId() == null)) {
      throw new BadParameterException("child_ids", "given, or user_id, and not both", "");
    }
    if (incident.from().isBefore(EARLIEST) || incident.from().isAfter(answers.now())) {
      throw new BadParameterException(
          "from", "a time from " + EARLIEST + " until now", incident.from().toString());
    }
    if (!incident.to().isAfter(incident.from())
        || Duration.between(incident.from(), incident.to()).compareTo(LONGEST) > 0) {
      throw new BadParameterException(
          "to",
          "after from, by at most %d days".formatted(LONGEST.toDays()),
          incident.to().toString());
    }
  }

  /** What an admin asks about is on record itself. */
  private void record(Incident incident, Asked asked) {
    var about = incident.userId() == null ? incident.childIds() + "" : "user " + incident.userId();
    var detail = "%s to %s: %s".formatted(incident.from(), incident.to(), about);
    if (jdbc.sql(
                """
                INSERT INTO audit_log (actor, actor_role, action, detail)
                SELECT id, 'admin', 'exposure', left(:detail, 500) FROM auth_users
                WHERE id = :viewer AND role = 'admin' AND is_active AND status = 'active'
                """)
            .param("viewer", asked.viewer().id())
            .param("detail", detail)
            .update()
        == 0) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "only admins ask this");
    }
  }
}
