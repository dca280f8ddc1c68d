package org.smileadventure.query.share;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Format;
import org.smileadventure.query.picture.PictureAnswers;
import org.smileadventure.query.picture.PictureReader;
import org.smileadventure.query.report.ReportAnswers;
import org.smileadventure.query.share.SharedChildren.Shared;
import org.smileadventure.query.share.SharedChildren.What;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What somebody reads who was given a link: a report, in the language of who gave it. */
@RestController
class SharedEndpoint {
  private final SharedChildren children;
  private final ReportAnswers reports;
  private final PictureAnswers pictures;

  SharedEndpoint(SharedChildren children, ReportAnswers reports, PictureAnswers pictures) {
    this.children = children;
    this.reports = reports;
    this.pictures = pictures;
  }

  @Operation(summary = "The report that a link is for")
  @ApiResponse(
      responseCode = "200",
      description = "As /api/v1/children/{id}/report in JSON",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @GetMapping("/api/v1/shared")
  ResponseEntity<byte[]> shared(ShareToken token, HttpServletRequest request) {
    return report(children.look(token, What.REPORT, request), Format.JSON);
  }

  @Operation(summary = "The report that a link is for, on paper")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PDF_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = "/api/v1/shared/report", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> paper(ShareToken token, HttpServletRequest request) {
    return report(children.look(token, What.PDF, request), Format.PDF);
  }

  private ResponseEntity<byte[]> report(Shared shared, Format format) {
    return told(
        shared, () -> reports.answer(shared.asked(), shared.period(), format, shared.language()));
  }

  @Operation(summary = "A picture of the report that a link is for")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = PictureAnswers.TYPE, schema = @Schema(type = "string")))
  @GetMapping(path = "/api/v1/shared/pictures/{picture}", produces = PictureAnswers.TYPE)
  ResponseEntity<byte[]> picture(
      ShareToken token, @PathVariable("picture") String name, HttpServletRequest request) {
    PictureReader.require(name);
    var shared = children.look(token, What.PICTURE, request);
    return told(
        shared, () -> pictures.answer(shared.asked(), name, shared.period(), shared.language()));
  }

  private interface Answer {
    ResponseEntity<byte[]> get();
  }

  private static ResponseEntity<byte[]> told(Shared shared, Answer answer) {
    try {
      var told = answer.get();
      return ResponseEntity.status(told.getStatusCode())
          .headers(told.getHeaders())
          .header(HttpHeaders.CONTENT_LANGUAGE, shared.language().tag())
          .body(told.getBody());
    } catch (ProblemException e) {
      // Whoever looks by a link is not told the child's number.
      throw e.getStatusCode() == HttpStatus.NOT_FOUND ? SharedChildren.over() : e;
    }
  }
}
