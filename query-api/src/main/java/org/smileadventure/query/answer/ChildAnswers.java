package org.smileadventure.query.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.smileadventure.common.cache.Answer;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.cache.AnswerCache.Served;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what was found out about a child into a response, by way of the cache. An answer is cached
 * for who asked: another one never meets it, and so has to pass the check in the statement.
 */
@Component
public class ChildAnswers {
  private static final int LARGEST_CHILD_ID_DIGITS = 18;

  private final AnswerCache cache;
  private final JsonMapper json;

  ChildAnswers(AnswerCache cache, JsonMapper json) {
    this.cache = cache;
    this.json = json;
  }

  /**
   * What a statement found.
   *
   * @param body becomes JSON
   * @param validUntil from when on it must be computed anew, even if nothing is written
   */
  public record Found(Object body, Instant computedAt, Instant validUntil) {}

  /** The child of a path. */
  public static ChildId child(String id) {
    if (!id.matches("[1-9][0-9]*") || id.length() > LARGEST_CHILD_ID_DIGITS) {
      throw new BadParameterException("id", "a child's number", id);
    }
    return new ChildId(Long.parseLong(id));
  }

  /**
   * The answer, from the cache or from {@code find}, which returns empty if the viewer may not see
   * the child or there is none; that is a 404 in both cases.
   */
  public ResponseEntity<byte[]> cached(
      Viewer viewer, ChildId child, String view, Duration ttl, Supplier<Optional<Found>> find) {
    return cache
        .answer(
            child, "viewer:" + viewer.id() + ":" + view, ttl, () -> find.get().map(this::computed))
        .map(ChildAnswers::response)
        .orElseThrow(() -> notFound(child));
  }

  /** The answer from {@code find}, for what is asked too seldom to be worth keeping. */
  public ResponseEntity<byte[]> uncached(ChildId child, Supplier<Optional<Found>> find) {
    return find.get()
        .map(found -> response(new Served(computed(found).answer(), AnswerCache.Source.MISS)))
        .orElseThrow(() -> notFound(child));
  }

  private Computed computed(Found found) {
    return new Computed(
        Answer.of(json.writeValueAsBytes(found.body()), found.computedAt()), found.validUntil());
  }

  private static ResponseEntity<byte[]> response(Served served) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .eTag(served.answer().etag())
        .cacheControl(CacheControl.noCache().cachePrivate())
        .header(
            "Cache-Status",
            switch (served.source()) {
              case HIT -> "smile; hit";
              case MISS -> "smile; fwd=miss";
              case AWAY -> "smile; fwd=bypass";
            })
        .body(served.answer().body());
  }

  /** The answer about a child that the viewer may not see, or that does not exist. */
  public static ErrorResponseException notFound(ChildId child) {
    return new ErrorResponseException(
        HttpStatus.NOT_FOUND,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.NOT_FOUND, "there is no child " + child + " that you may see"),
        null);
  }
}
