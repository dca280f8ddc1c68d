package org.smileadventure.query.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.smileadventure.common.cache.Answer;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.cache.AnswerCache.Source;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.trace.Spans;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Turns what was found out about a child into a response, by way of the cache. An answer is cached
 * for who asked: another one never meets it, and so has to pass the check in the statement. What
 * others than guardians ask is not cached, so that each look is put on record.
 */
@Component
public class ChildAnswers {
  private final AnswerCache cache;
  private final OpenedChildren children;
  private final Answers answers;
  private final Spans spans;

  ChildAnswers(AnswerCache cache, OpenedChildren children, Answers answers, Spans spans) {
    this.cache = cache;
    this.children = children;
    this.answers = answers;
    this.spans = spans;
  }

  /**
   * What a statement found.
   *
   * @param body becomes JSON, unless it is {@link Rendered}
   * @param validUntil from when on it must be computed anew, even if nothing is written
   */
  public record Found(Object body, Instant validUntil) {
    /** What holds until something is written. */
    public Found(Object body) {
      this(body, Instant.MAX);
    }
  }

  /**
   * The answer, from the cache or from {@code find}, which is told the time to compute it for and
   * returns empty if the viewer may not see the child or there is none; that is a 404 in both
   * cases.
   */
  public ResponseEntity<byte[]> cached(
      ChildRequest asked, String view, Duration ttl, Function<Instant, Optional<Found>> find) {
    return cached(asked, view, ttl, MediaType.APPLICATION_JSON, find);
  }

  /**
   * The same, of another type.
   *
   * @param type what is found is {@link Rendered} as it, and sent whole; or JSON
   */
  public ResponseEntity<byte[]> cached(
      ChildRequest asked,
      String view,
      Duration ttl,
      MediaType type,
      Function<Instant, Optional<Found>> find) {
    var viewer = asked.viewer();
    if (!viewer.looksFreely()) {
      return uncached(asked, type, find);
    }
    var name = "viewer:" + viewer.id() + ":" + view;
    return spans
        .in(
            "answer by way of the cache",
            () -> cache.answer(asked.child(), name, ttl, () -> computed(asked, find)))
        .map(served -> response(asked, type, served.answer(), served.source()))
        .orElseThrow(() -> notFound(asked.child()));
  }

  /** The answer from {@code find}, for what is asked too seldom to be worth keeping. */
  public ResponseEntity<byte[]> uncached(
      ChildRequest asked, Function<Instant, Optional<Found>> find) {
    return uncached(asked, MediaType.APPLICATION_JSON, find);
  }

  /** The same, of another type. */
  public ResponseEntity<byte[]> uncached(
      ChildRequest asked, MediaType type, Function<Instant, Optional<Found>> find) {
    return computed(asked, find)
        .map(computed -> response(asked, type, computed.answer(), Source.MISS))
        .orElseThrow(() -> notFound(asked.child()));
  }

  /**
   * What a statement found, of something that is changed from version to version.
   *
   * @param version stands before the dot of the entity tag
   */
  public record Versioned(Object body, long version) {}

  /** The answer from {@code find}, with an entity tag by which it can be changed (If-Match). */
  public ResponseEntity<byte[]> versioned(
      ChildRequest asked, Function<Instant, Optional<Versioned>> find) {
    var now = answers.now();
    return children
        .one(asked.viewer(), asked.child(), asked.line(), () -> find.apply(now))
        .map(
            found -> {
              var answer = answers.answer(found.body(), now);
              return answers
                  .response(answer, asked.fields())
                  .eTag("\"%d.%s\"".formatted(found.version(), Answers.tag(answer, asked.fields())))
                  .header("Cache-Status", "smile; fwd=miss")
                  .body(answers.part(answer, asked.fields()));
            })
        .orElseThrow(() -> notFound(asked.child()));
  }

  private Optional<Computed> computed(ChildRequest asked, Function<Instant, Optional<Found>> find) {
    var now = answers.now();
    return spans
        .in(
            "compute answer",
            () -> children.one(asked.viewer(), asked.child(), asked.line(), () -> find.apply(now)))
        .map(found -> new Computed(answers.answer(found.body(), now), found.validUntil()));
  }

  private ResponseEntity<byte[]> response(
      ChildRequest asked, MediaType type, Answer answer, Source source) {
    spans.note("smile.answer.source", source.name().toLowerCase(Locale.ROOT));
    var fields = type.equals(MediaType.APPLICATION_JSON) ? asked.fields() : null;
    return answers
        .response(answer, fields)
        .contentType(type)
        .header(
            "Cache-Status",
            switch (source) {
              case HIT -> "smile; hit";
              case MISS -> "smile; fwd=miss";
              case AWAY -> "smile; fwd=bypass";
            })
        .body(answers.part(answer, fields));
  }

  /** The answer about a child that the viewer may not see, or that does not exist. */
  public static ProblemException notFound(ChildId child) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no child " + child + " that you may see");
  }
}
