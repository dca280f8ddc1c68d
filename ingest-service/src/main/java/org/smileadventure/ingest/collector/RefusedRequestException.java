package org.smileadventure.ingest.collector;

import java.util.List;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpStatus;

/** A request of which nothing is taken; answered with a problem document. */
final class RefusedRequestException extends ProblemException {
  private static final long serialVersionUID = 1;
  private static final int RETRY_AFTER_SECONDS = 5;

  private RefusedRequestException(HttpStatus status, String detail) {
    super(status, detail);
  }

  static RefusedRequestException malformed(String detail) {
    return new RefusedRequestException(HttpStatus.BAD_REQUEST, detail);
  }

  static RefusedRequestException tooLarge(String detail) {
    return new RefusedRequestException(HttpStatus.CONTENT_TOO_LARGE, detail);
  }

  static RefusedRequestException unsupported(String detail) {
    return new RefusedRequestException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /** The only event of a request is at fault. */
  static RefusedRequestException rejected(Verdict verdict) {
    var reason = verdict.rejection();
    var status =
        switch (reason) {
          case MALFORMED -> HttpStatus.BAD_REQUEST;
          case FOREIGN_CHILD -> HttpStatus.FORBIDDEN;
          case ERASED_CHILD -> HttpStatus.GONE;
          case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
          default -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    var refused = new RefusedRequestException(status, String.valueOf(verdict.detail()));
    refused.getBody().setProperty("reason", reason);
    return refused;
  }

  /** Each event of a batch is at fault. A device that only has erased children is to know it. */
  static RefusedRequestException allRejected(List<Verdict> verdicts) {
    var erased =
        verdicts.stream().allMatch(verdict -> verdict.rejection() == Rejection.ERASED_CHILD);
    var refused =
        new RefusedRequestException(
            erased ? HttpStatus.GONE : HttpStatus.UNPROCESSABLE_CONTENT,
            "none of the %d events can be accepted; see verdicts".formatted(verdicts.size()));
    if (erased) {
      refused.getBody().setProperty("reason", Rejection.ERASED_CHILD);
    }
    refused.getBody().setProperty("verdicts", verdicts);
    return refused;
  }

  /** The devices of this household send more than anybody plays. */
  static RefusedRequestException tooFast(long seconds) {
    var refused =
        new RefusedRequestException(
            HttpStatus.TOO_MANY_REQUESTS,
            "these are more events than one household plays; send the same request again after "
                + seconds
                + " s");
    refused.retryAfter(seconds);
    return refused;
  }

  /** Kafka does not take more, for now. */
  static RefusedRequestException tryAgain(String why) {
    var refused =
        new RefusedRequestException(
            HttpStatus.TOO_MANY_REQUESTS,
            why
                + "; send the same request again after "
                + RETRY_AFTER_SECONDS
                + " s: an event that arrives twice is stored once");
    refused.retryAfter(RETRY_AFTER_SECONDS);
    return refused;
  }
}
