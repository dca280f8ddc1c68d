package org.smileadventure.query.picture;

import java.time.Instant;
import java.util.Optional;
import org.smileadventure.language.Language;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.analytics.PeriodAnswers;
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

  private final PeriodAnswers answers;
  private final PictureReader pictures;

  PictureAnswers(PeriodAnswers answers, PictureReader pictures) {
    this.answers = answers;
    this.pictures = pictures;
  }

  /** The picture of this name. */
  public ResponseEntity<byte[]> answer(
      ChildRequest asked, String name, Period period, Language language) {
    PictureReader.require(name);
    return answers.answer(
        asked,
        "picture:%s:%s".formatted(name, language.tag()),
        period,
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
