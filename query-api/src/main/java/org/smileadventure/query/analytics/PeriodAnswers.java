package org.smileadventure.query.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildAnswers.Found;
import org.smileadventure.query.answer.ChildRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Answers about a child in a period. Those of a window are worth keeping, as many ask for the same;
 * of days of one's own they are not.
 */
@Component
public class PeriodAnswers {
  private static final Duration TTL = Duration.ofMinutes(15);

  private final ChildAnswers answers;

  PeriodAnswers(ChildAnswers answers) {
    this.answers = answers;
  }

  /**
   * The answer, as {@link ChildAnswers} gives it.
   *
   * @param view what is told of the period, in which language
   */
  public ResponseEntity<byte[]> answer(
      ChildRequest asked, String view, Period period, Function<Instant, Optional<Found>> find) {
    return answer(asked, view, period, MediaType.APPLICATION_JSON, find);
  }

  /** The same, of another type. */
  public ResponseEntity<byte[]> answer(
      ChildRequest asked,
      String view,
      Period period,
      MediaType type,
      Function<Instant, Optional<Found>> find) {
    return period.isCustom()
        ? answers.uncached(asked, type, find)
        : answers.cached(asked, view + ":" + period.name(), TTL, type, find);
  }
}
