package org.smileadventure.query.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.OpenedChildren;
import org.smileadventure.query.answer.SpreadsheetText;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is kept of a child, for its family to take away: as JSON everything, as CSV its
 * sessions. It is sent while it is read, so that its length does not matter.
 */
@RestController
class ExportEndpoint {
  private static final String PROFILE = SqlFile.read(ExportEndpoint.class, "profile.sql");
  private static final String SESSIONS =
      "SELECT to_jsonb(s) FROM game_sessions s WHERE child_id = :child ORDER BY started_at, id";
  private static final String ACTIVITIES =
      "SELECT to_jsonb(a) FROM activities a WHERE child_id = :child ORDER BY completed_at, id";
  private static final String RATINGS =
      "SELECT to_jsonb(r) FROM session_ratings r WHERE child_id = :child ORDER BY rated_at, session_id";
  private static final String EVENTS = SqlFile.read(ExportEndpoint.class, "events.sql");
  private static final int ROWS_AT_ONCE = 500;
  private static final String[] COLUMNS = {
    "id",
    "session_type",
    "scenario_name",
    "started_at",
    "ended_at",
    "day",
    "completion_status",
    "duration_seconds",
    "active_seconds",
    "score",
    "interactions_count",
    "correct_responses",
    "incorrect_responses",
    "help_requests",
    "success_rate",
    "engagement_score",
    "distress_seconds",
    "recovery_seconds",
    "initial_emotion",
    "final_emotion",
    "parent_rating"
  };

  private final OpenedChildren children;
  private final JdbcClient jdbc;
  private final JdbcClient cursors;
  private final JsonMapper json;

  ExportEndpoint(OpenedChildren children, JdbcClient jdbc, JdbcTemplate template, JsonMapper json) {
    this.children = children;
    this.jdbc = jdbc;
    var inParts = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    inParts.setFetchSize(ROWS_AT_ONCE);
    this.cursors = JdbcClient.create(new NamedParameterJdbcTemplate(inParts));
    this.json = json;
  }

  @Operation(summary = "All that is kept of a child: json, or its sessions as csv")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = "application/json", schema = @Schema(type = "object")),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @GetMapping("/api/v1/children/{id}/export")
  void export(
      ChildRequest asked,
      @RequestParam(defaultValue = "json") String format,
      HttpServletResponse response) {
    var kind = Format.of(format, Format.JSON, Format.CSV);
    children.one(
        asked.viewer(),
        asked.child(),
        asked.line(),
        () -> {
          var profile =
              jdbc.sql(PROFILE)
                  .param("child", asked.child().value())
                  .param("viewer", asked.viewer().id())
                  .query(String.class)
                  .optional()
                  .orElseThrow(() -> ChildAnswers.notFound(asked.child()));
          response.setHeader(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment()
                  .filename("child-%s.%s".formatted(asked.child(), kind.wireName()))
                  .build()
                  .toString());
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          try {
            if (kind == Format.CSV) {
              writeSessions(asked, response);
            } else {
              writeAll(asked, profile, response);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return profile;
        });
  }

  private void writeSessions(ChildRequest asked, HttpServletResponse response) throws IOException {
    response.setContentType("text/csv; charset=UTF-8");
    var writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    var format = CSVFormat.RFC4180.builder().setHeader(COLUMNS).get();
    try (var csv = new CSVPrinter(writer, format);
        var rows = rows(asked, SESSIONS)) {
      for (var document : (Iterable<String>) rows::iterator) {
        var row = json.readTree(document);
        csv.printRecord(
            Stream.of(COLUMNS)
                .map(
                    column ->
                        row.path(column).isNull()
                            ? null
                            : row.path(column).isNumber()
                                ? row.path(column).asString()
                                : SpreadsheetText.of(row.path(column).asString())));
      }
    }
  }

  private void writeAll(ChildRequest asked, String profile, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    try (var out = json.createGenerator(response.getOutputStream())) {
      out.writeStartObject();
      out.writeName("child");
      out.writeRawValue(profile);
      writeArray(out, asked, "sessions", SESSIONS);
      writeArray(out, asked, "activities", ACTIVITIES);
      writeArray(out, asked, "ratings", RATINGS);
      writeArray(out, asked, "events", EVENTS);
      out.writeEndObject();
    }
  }

  private void writeArray(JsonGenerator out, ChildRequest asked, String name, String statement) {
    out.writeName(name);
    out.writeStartArray();
    try (var rows = rows(asked, statement)) {
      rows.forEach(out::writeRawValue);
    }
    out.writeEndArray();
  }

  private Stream<String> rows(ChildRequest asked, String statement) {
    return cursors
        .sql(statement)
        .param("child", asked.child().value())
        .query((row, _) -> row.getString(1))
        .stream();
  }
}
