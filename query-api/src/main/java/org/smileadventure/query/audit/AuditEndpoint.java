package org.smileadventure.query.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.Answers;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Page;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, newest first; for admins. */
@RestController
class AuditEndpoint {
  private final Answers answers;
  private final AuditReader audit;

  AuditEndpoint(Answers answers, AuditReader audit) {
    this.answers = answers;
    this.audit = audit;
  }

  record AuditPage(
      List<AuditReader.Entry> entries,
      @Nullable String nextCursor,
      int limit,
      Instant computedAt) {}

  @Operation(summary = "Who did what, newest first; that it was asked for is put on record")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AuditPage.class)))
  @GetMapping("/api/v1/audit")
  ResponseEntity<byte[]> audit(Asked asked, Page page, @Valid @ParameterObject AuditFilter filter) {
    var cut = audit.find(asked, filter, page);
    return answers.of(
        new AuditPage(cut.items(), cut.next(), page.limit(), answers.now()), asked.fields());
  }
}
