package org.smileadventure.query.privacy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;
import org.smileadventure.query.answer.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long what is kept of people; for everybody. */
@RestController
class RetentionEndpoint {
  private final JdbcClient jdbc;
  private final Answers answers;

  RetentionEndpoint(JdbcClient jdbc, Answers answers) {
    this.jdbc = jdbc;
    this.answers = answers;
  }

  /** All that is kept, by name. */
  record Retention(List<Kept> kept, Instant computedAt) {}

  /**
   * Something that is kept.
   *
   * @param period for how long, as ISO 8601 writes it; null: while the child or the account is
   *     registered
   * @param action delete or anonymise
   */
  record Kept(String name, @Nullable String period, String action, String what) {}

  @Operation(summary = "How long what is kept")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Retention.class)))
  @GetMapping("/api/v1/privacy/retention")
  ResponseEntity<byte[]> retention() {
    var kept =
        jdbc.sql("SELECT class, period, action, what FROM retention_policy ORDER BY class")
            .query(
                (row, _) ->
                    new Kept(
                        row.getString("class"),
                        iso(row.getObject("period", PGInterval.class)),
                        row.getString("action"),
                        row.getString("what")))
            .list();
    return answers.of(new Retention(kept, answers.now()), null);
  }

  static @Nullable String iso(@Nullable PGInterval interval) {
    // The driver makes an object of null as well.
    if (interval == null || interval.isNull()) {
      return null;
    }
    var days = Period.of(interval.getYears(), interval.getMonths(), interval.getDays());
    var time =
        Duration.ofHours(interval.getHours())
            .plusMinutes(interval.getMinutes())
            .plusSeconds(interval.getWholeSeconds());
    return time.isZero()
        ? days.toString()
        : (days.isZero() ? "P" : days.toString()) + time.toString().substring(1);
  }
}
