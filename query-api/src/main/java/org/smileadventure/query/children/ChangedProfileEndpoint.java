package org.smileadventure.query.children;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.smileadventure.common.http.ComparesVersions;
import org.smileadventure.common.http.IfMatch;
import org.smileadventure.common.http.MergePatch;
import org.smileadventure.common.http.StrictJson;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Guardians change a child's profile by a JSON merge patch (RFC 7396). It goes from one version to
 * the next: of two who change the same one, the second is told.
 */
@RestController
class ChangedProfileEndpoint {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "age",
          "date_of_birth",
          "timezone",
          "avatar_url",
          "diagnosis",
          "support_level",
          "diagnosis_date",
          "diagnosing_professional",
          "sensory_profile",
          "behavioral_notes",
          "communication_style",
          "communication_notes",
          "current_therapies",
          "emergency_contacts",
          "safety_protocols",
          "baseline_assessment",
          "last_assessment_date",
          "progress_notes");

  private final OpenedChildren children;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final StrictJson strict;
  private final MergePatch patches;
  private final ProfileRules rules;
  private final StaleAnswers stale;

  ChangedProfileEndpoint(
      OpenedChildren children,
      JdbcClient jdbc,
      JsonMapper json,
      StrictJson strict,
      MergePatch patches,
      ProfileRules rules,
      StaleAnswers stale) {
    this.children = children;
    this.jdbc = jdbc;
    this.json = json;
    this.strict = strict;
    this.patches = patches;
    this.rules = rules;
    this.stale = stale;
  }

  private record Stored(long version, ObjectNode profile) {}

  @Operation(summary = "Changes a child's profile by a JSON merge patch")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = ChildFields.class)),
        @Content(
            mediaType = "application/merge-patch+json",
            schema = @Schema(implementation = ChildFields.class))
      })
  @ApiResponse(responseCode = "204", description = "It counts from now on; ETag is the new version")
  @ApiResponse(responseCode = "409", description = "Somebody else has changed it at this moment")
  @ApiResponse(responseCode = "412", description = "It is of another version than If-Match says")
  @PatchMapping(
      path = "/api/v1/children/{id}",
      consumes = {"application/json", "application/merge-patch+json"})
  @ComparesVersions
  ResponseEntity<Void> change(
      ChildRequest asked,
      @RequestBody ObjectNode patch,
      IfMatch expected,
      HttpServletRequest request) {
    var stored = stored(asked).orElseThrow(() -> ChildAnswers.notFound(asked.child()));
    if (!expected.isMet(tag -> isOf(tag, stored.version()))) {
      throw stale();
    }
    var profile = profile(stored.profile(), patch, request);
    var outcome =
        jdbc.sql("SELECT change_child(:viewer, :child, :known, :profile::jsonb)")
            .param("viewer", asked.viewer().id())
            .param("child", asked.child().value())
            .param("known", stored.version())
            .param("profile", profile)
            .query(String.class)
            .single();
    switch (outcome) {
      case "changed" -> stale.forget(asked.child());
      case "stale" ->
          throw expected.lines().isEmpty()
              ? new ProblemException(
                  HttpStatus.CONFLICT,
                  "somebody else has changed the profile at this moment; read it and try again")
              : stale();
      default -> throw ChildAnswers.notFound(asked.child());
    }
    return ResponseEntity.noContent().eTag(IfMatch.tag(stored.version() + 1)).build();
  }

  private Optional<Stored> stored(ChildRequest asked) {
    return children.one(
        asked.viewer(),
        asked.child(),
        asked.line(),
        () ->
            jdbc.sql(
                    """
                    SELECT c.version, to_jsonb(c) AS profile
                    FROM children c
                    WHERE c.id = :child
                      AND EXISTS (SELECT FROM v_child_access a
                                  WHERE a.child_id = c.id AND a.user_id = :viewer AND a.as_guardian)
                    """)
                .param("child", asked.child().value())
                .param("viewer", asked.viewer().id())
                .query(
                    (row, _) ->
                        new Stored(
                            row.getLong("version"),
                            (ObjectNode) json.readTree(row.getString("profile"))))
                .optional());
  }

  private String profile(ObjectNode stored, ObjectNode patch, HttpServletRequest request) {
    for (var name : patch.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw new BadParameterException(
            name.length() > 50 ? "a field" : name, "left out: it is not changed here", "…");
      }
    }
    stored.retain(FIELDS);
    merge(stored, patch);
    if (!patch.has("age") && stored.hasNonNull("date_of_birth")) {
      stored.remove("age");
    }
    var fields = strict.read(stored, ChildFields.class, request);
    patches.requireValid(fields);
    return rules.checked(fields, fields.timezone() == null ? "" : fields.timezone());
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch.forEachEntry(
        (name, value) -> {
          if (value.isNull()) {
            target.remove(name);
          } else if (value instanceof ObjectNode inner) {
            merge(
                target.get(name) instanceof ObjectNode there ? there : target.putObject(name),
                inner);
          } else {
            target.set(name, value);
          }
        });
  }

  /** The version stands before the dot. What compresses an answer on its way makes its tag weak. */
  private static boolean isOf(ETag tag, long version) {
    return tag.tag().split("\\.", 2)[0].equals(Long.toString(version));
  }

  private static ProblemException stale() {
    return new ProblemException(
        HttpStatus.PRECONDITION_FAILED,
        "the profile is of another version than If-Match says; read it and try again");
  }
}
