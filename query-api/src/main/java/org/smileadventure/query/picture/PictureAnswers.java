package org.smileadventure.query.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.Rendered;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with a picture, by way of the cache. */
@Component
public class PictureAnswers {
  /** What a picture is sent as. */
  public static final String TYPE = "image/svg+xml";

  private static final MediaType SVG = MediaType.parseMediaType(TYPE);
  private static final Duration TTL = Duration.ofMinutes(15);

  private final ChildAnswers answers;
  private final PictureReader pictures;

  PictureAnswers(ChildAnswers answers, PictureReader pictures) {
    this.answers = answers;
    this.pictures = pictures;
  }

  /** The picture of this name. */
  public ResponseEntity<byte[]> answer(
      ChildRequest asked, String name, Period period, Language language) {
    PictureReader.require(name);
    return period.isCustom()
        ? answers.uncached(asked, SVG, now -> find(asked, name, period, language, now))
        : answers.cached(
            asked,
            "picture:%s:%s:%s".formatted(name, period.name(), language.tag()),
            TTL,
            SVG,
            now -> find(asked, name, period, language, now));
  }

  private Optional<Found> find(
      ChildRequest asked, String name, Period period, Language language, Instant now) {
    var id = "pic-%s-%s-%s".formatted(asked.child(), name, period.name());
    return pictures
        .read(asked.viewer(), asked.child(), period, name, language, now)
        .map(read -> new Found((Rendered) () -> read.picture().svg(id), read.validUntil()));
  }
}
