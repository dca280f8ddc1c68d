package org.smileadventure.query.effect;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.PhaseFigure;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.language.Language;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Rendered;
import org.smileadventure.query.picture.PictureAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a child played in a phase, beside the days before it. */
@RestController
class PhaseEffectEndpoint {
  private static final Duration TTL = Duration.ofMinutes(15);
  private static final MediaType SVG = MediaType.parseMediaType(PictureAnswers.TYPE);

  private final ChildAnswers answers;
  private final PhaseEffectReader effects;

  PhaseEffectEndpoint(ChildAnswers answers, PhaseEffectReader effects) {
    this.answers = answers;
    this.effects = effects;
  }

  @Operation(
      summary = "Figures in a phase beside those of the days before it",
      description =
          "The days before begin with the phase before, or else "
              + PhaseEffectReader.DAYS_WITHOUT_A_PHASE_BEFORE
              + " days before; at most "
              + PhaseEffectReader.MOST_DAYS
              + " on each side. A phase without a last day ends when the next one begins.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = PhaseEffects.class)))
  @GetMapping("/api/v1/children/{id}/phases/{phase}/comparison")
  ResponseEntity<byte[]> comparison(
      ChildRequest asked,
      @PathVariable("phase") UUID phase,
      @Parameter(
              description =
                  "of which figure the points are told; left out: that of which most can be said",
              schema =
                  @Schema(
                      allowableValues = {
                        "score",
                        "success",
                        "engagement",
                        "distress",
                        "recovery",
                        "active"
                      }))
          @RequestParam(name = "figure", required = false)
          @Nullable String figure,
      Language language) {
    var shown =
        figure == null
            ? null
            : PhaseFigure.named(figure)
                .orElseThrow(
                    () -> new BadParameterException("figure", "one of " + names(), figure));
    return answers.cached(
        asked,
        "phase:%s:%s:%s".formatted(phase, figure, language.tag()),
        TTL,
        now ->
            effects
                .read(
                    asked.viewer(),
                    asked.child(),
                    phase,
                    List.of(PhaseFigure.values()),
                    shown,
                    language,
                    now)
                .map(read -> new Found(read.effects(), read.validUntil())));
  }

  @Operation(summary = "A figure in a phase and before it, as a picture for a page")
  @ApiResponse(
      responseCode = "200",
      description = "SVG without styles and scripts; where there is too little, what there is",
      content = @Content(mediaType = PictureAnswers.TYPE, schema = @Schema(type = "string")))
  @GetMapping(
      path = "/api/v1/children/{id}/phases/{phase}/pictures/{figure}",
      produces = PictureAnswers.TYPE)
  ResponseEntity<byte[]> picture(
      ChildRequest asked,
      @PathVariable("phase") UUID phase,
      @Parameter(
              description = "which figure",
              schema =
                  @Schema(
                      allowableValues = {
                        "score",
                        "success",
                        "engagement",
                        "distress",
                        "recovery",
                        "active"
                      }))
          @PathVariable("figure")
          String figure,
      Language language) {
    var shown =
        PhaseFigure.named(figure)
            .orElseThrow(
                () ->
                    new ProblemException(
                            HttpStatus.NOT_FOUND,
                            "there is no figure of that name; there are " + names())
                        .with("figures", PhaseFigure.values()));
    var id = "pic-%s-%s-%s".formatted(asked.child(), shown.wireName(), phase);
    return answers.cached(
        asked,
        "phase-picture:%s:%s:%s".formatted(phase, figure, language.tag()),
        TTL,
        SVG,
        now ->
            effects
                .read(asked.viewer(), asked.child(), phase, List.of(shown), shown, language, now)
                .map(
                    read ->
                        new Found(
                            (Rendered) () -> EffectPicture.of(read.effects(), language).svg(id),
                            read.validUntil())));
  }

  private static String names() {
    return Arrays.stream(PhaseFigure.values())
        .map(PhaseFigure::wireName)
        .collect(Collectors.joining(", "));
  }
}
