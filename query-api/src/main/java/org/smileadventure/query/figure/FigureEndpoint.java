package org.smileadventure.query.figure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.smileadventure.common.metric.Figure;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.analytics.PeriodAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** One figure of a child, told so that anybody can read it. */
@RestController
class FigureEndpoint {
  private final PeriodAnswers answers;
  private final FigureReader figures;

  FigureEndpoint(PeriodAnswers answers, FigureReader figures) {
    this.answers = answers;
    this.figures = figures;
  }

  @Operation(
      summary = "One figure: a sentence, its points, where its line lies, and the period before")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = FigureAnswer.class)))
  @GetMapping("/api/v1/children/{id}/figures/{figure}")
  ResponseEntity<byte[]> figure(
      ChildRequest asked,
      @Parameter(
              description = "which figure",
              schema =
                  @Schema(
                      allowableValues = {
                        "score",
                        "engagement",
                        "success",
                        "duration",
                        "recovery",
                        "distress",
                        "rating"
                      }))
          @PathVariable("figure")
          String name,
      Period period,
      Language language) {
    var figure = named(name);
    return answers.answer(
        asked,
        "figures:%s:%s".formatted(figure.wireName(), language.tag()),
        period,
        now -> find(asked, period, figure, language, now));
  }

  private Optional<Found> find(
      ChildRequest asked, Period period, Figure figure, Language language, Instant now) {
    return figures
        .read(asked.viewer(), asked.child(), period, figure, language, now)
        .map(read -> new Found(read.answer(), read.validUntil()));
  }

  private static Figure named(String name) {
    return Figure.named(name)
        .orElseThrow(
            () -> {
              var figures = Arrays.stream(Figure.values()).map(Figure::wireName).toList();
              return new ProblemException(
                      HttpStatus.NOT_FOUND,
                      "there is no figure of that name; there are " + String.join(", ", figures))
                  .with("figures", figures);
            });
  }
}
