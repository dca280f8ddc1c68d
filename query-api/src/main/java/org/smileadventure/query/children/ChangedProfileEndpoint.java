package org.smileadventure.query.children;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.http.ComparesVersions;
import org.smileadventure.common.http.StrictJson;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.StaleAnswers;
import org.springframework.http.HttpHeaders;
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

  /** The version stands before the dot. What compresses an answer on its way makes its tag weak. */
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})(?:\\.[^\"]*)?\"");

  private final OpenedChildren children;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final StrictJson strict;
  private final Validator validator;
  private final ProfileRules rules;
  private final StaleAnswers stale;

  ChangedProfileEndpoint(
      OpenedChildren children,
      JdbcClient jdbc,
      JsonMapper json,
      StrictJson strict,
      Validator validator,
      ProfileRules rules,
      StaleAnswers stale) {
    this.children = children;
    this.jdbc = jdbc;
    this.json = json;
    this.strict = strict;
    this.validator = validator;
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
      ChildRequest asked, @RequestBody ObjectNode patch, HttpServletRequest request) {
    var expected = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
    var stored = stored(asked).orElseThrow(() -> ChildAnswers.notFound(asked.child()));
    if (!expected.isEmpty() && !isAmong(expected, stored.version())) {
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
          throw expected.isEmpty()
              ? new ProblemException(
                  HttpStatus.CONFLICT,
                  "somebody else has changed the profile at this moment; read it and try again")
              : stale();
      default -> throw ChildAnswers.notFound(asked.child());
    }
    return ResponseEntity.noContent().eTag("\"" + (stored.version() + 1) + "\"").build();
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
    requireValid(fields);
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

  private void requireValid(ChildFields fields) {
    var errors =
        validator.validate(fields).stream()
            .map(
                violation ->
                    Map.of(
                        "field", sent(violation.getPropertyPath().toString()),
                        "message", violation.getMessage()))
            .toList();
    if (!errors.isEmpty()) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              errors.stream()
                  .map(error -> error.get("field") + " " + error.get("message"))
                  .sorted()
                  .collect(joining("; ")))
          .with("errors", errors);
    }
  }

  private static String sent(String path) {
    return path.replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("\\.<list element>", "")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean isAmong(List<String> tags, long version) {
    return tags.stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || version(tag).orElse(-1) == version);
  }

  private static OptionalLong version(@Nullable String tag) {
    var matcher = TAG.matcher(String.valueOf(tag));
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static ProblemException stale() {
    return new ProblemException(
        HttpStatus.PRECONDITION_FAILED,
        "the profile is of another version than If-Match says; read it and try again");
  }
}
