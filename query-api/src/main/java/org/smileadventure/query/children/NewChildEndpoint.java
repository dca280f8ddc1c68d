package org.smileadventure.query.children;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A parent adds a child, with what the parent consents to. */
@RestController
class NewChildEndpoint {
  private final JdbcClient jdbc;
  private final ProfileRules rules;

  NewChildEndpoint(JdbcClient jdbc, ProfileRules rules) {
    this.jdbc = jdbc;
    this.rules = rules;
  }

  record Made(long id) {}

  @Operation(summary = "Adds a child")
  @ApiResponse(
      responseCode = "201",
      description = "Location leads to its profile",
      content = @Content(schema = @Schema(implementation = Made.class)))
  @ApiResponse(responseCode = "409", description = "The account has twenty children")
  @ApiResponse(responseCode = "422", description = "Without consents.play_analytics")
  @PostMapping("/api/v1/children")
  ResponseEntity<Made> add(
      @Valid @RequestBody ChildFields child, @AuthenticationPrincipal Jwt token) {
    var viewer = Viewer.of(token).id();
    var consents = required(child.consents());
    var purposes = new ArrayList<String>();
    purposes.add("play_analytics");
    if (Boolean.TRUE.equals(consents.populationFigures())) {
      purposes.add("population_figures");
    }
    if (Boolean.TRUE.equals(consents.researchExport())) {
      purposes.add("research_export");
    }
    var id =
        jdbc.sql("SELECT add_child(:viewer, :profile::jsonb, :purposes, :text)")
            .param("viewer", viewer)
            .param("profile", rules.checked(child, zone(child, viewer)))
            .param("purposes", purposes.toArray(String[]::new))
            .param("text", consents.textVersion())
            .query(Long.class)
            .optional()
            .orElseThrow(
                () ->
                    new ProblemException(
                        HttpStatus.CONFLICT, "an account has at most 20 children, and is in use"));
    return ResponseEntity.created(URI.create("/api/v1/children/" + id)).body(new Made(id));
  }

  private static ChildFields.Consents required(ChildFields.@Nullable Consents consents) {
    if (consents == null || !Boolean.TRUE.equals(consents.playAnalytics())) {
      throw new ProblemException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "consents.play_analytics must be true: nothing can be done for a child without it")
          .with("parameter", "consents.play_analytics");
    }
    return consents;
  }

  private String zone(ChildFields child, long viewer) {
    return Objects.requireNonNullElseGet(
        child.timezone(),
        () ->
            jdbc.sql("SELECT timezone FROM auth_users WHERE id = :viewer")
                .param("viewer", viewer)
                .query(String.class)
                .optional()
                .orElse("UTC"));
  }
}
