package org.smileadventure.query.picture;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of a child's figures. */
@RestController
class PictureEndpoint {
  private final PictureAnswers answers;

  PictureEndpoint(PictureAnswers answers) {
    this.answers = answers;
  }

  @Operation(summary = "A figure, or a side of the analytics, as a picture for a page")
  @ApiResponse(
      responseCode = "200",
      description =
          "SVG without styles and scripts. Where there is too little data it shows what there is, and says so",
      content = @Content(mediaType = PictureAnswers.TYPE, schema = @Schema(type = "string")))
  @GetMapping(path = "/api/v1/children/{id}/pictures/{picture}", produces = PictureAnswers.TYPE)
  ResponseEntity<byte[]> picture(
      ChildRequest asked,
      @Parameter(
              description = "which picture",
              schema =
                  @Schema(
                      allowableValues = {
                        "score", "engagement", "success", "duration", "recovery", "distress",
                            "rating",
                        "emotions", "triggers", "strategies", "hours", "weekdays", "support",
                            "learning"
                      }))
          @PathVariable("picture")
          String name,
      Period period,
      Language language) {
    return answers.answer(asked, name, period, language);
  }
}
