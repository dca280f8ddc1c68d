package org.smileadventure.query.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Csv;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.answer.Offered;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is kept of a child, for its family to take away: as JSON everything, as CSV its
 * sessions. It is sent page by page while it is read, so that neither its length nor how slowly it
 * is taken matters to others. It is whole or it can be seen that it is not: its end says that it is
 * one, and if something fails on the way the connection is broken off.
 */
@RestController
class ExportEndpoint {
  private static final Logger log = LoggerFactory.getLogger(ExportEndpoint.class);

  private final ExportedChild children;
  private final ExportSlots slots;
  private final JsonMapper json;

  ExportEndpoint(ExportedChild children, ExportSlots slots, JsonMapper json) {
    this.children = children;
    this.slots = slots;
    this.json = json;
  }

  @Operation(summary = "All that is kept of a child: json, or its sessions as csv")
  @ApiResponse(
      responseCode = "200",
      description = "Whole only if its end says so",
      content = {
        @Content(mediaType = "application/json", schema = @Schema(type = "object")),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "429", description = "As many exports run of this account as may")
  @GetMapping(
      path = "/api/v1/children/{id}/export",
      produces = {"application/json", "text/csv"})
  void export(
      ChildRequest asked,
      @Offered({Format.JSON, Format.CSV}) Format kind,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (var _ = slots.take(asked.viewer())) {
      var profile = children.begin(asked);
      try {
        send(asked, kind, profile, response);
      } catch (IOException | RuntimeException e) {
        if (!response.isCommitted()) {
          response.reset();
          throw e;
        }
        // Its message may hold what was sent.
        log.warn("an export was broken off: {}", e.getClass().getName());
        BrokenOff.mark(request);
      }
    }
  }

  private void send(
      ChildRequest asked, Format kind, ExportedChild.Profile profile, HttpServletResponse response)
      throws IOException {
    response.setContentType(kind == Format.CSV ? Csv.TYPE : "application/json");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename("child-%s.%s".formatted(asked.child(), kind.wireName()))
            .build()
            .toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var out = new ExportStream(response.getOutputStream());
    if (kind == Format.CSV) {
      new ExportTable(children, json, out).write(asked, profile);
    } else {
      new ExportDocument(children, json, out).write(asked, profile);
    }
    out.flush();
  }
}
