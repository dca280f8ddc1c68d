package org.smileadventure.common.service;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Ends a request, which is answered with a problem document (RFC 9457). */
public class ProblemException extends ErrorResponseException {
  private static final long serialVersionUID = 1;

  /**
   * @param detail what is wrong and what to do about it, for people
   */
  public ProblemException(HttpStatus status, String detail) {
    this(status, detail, null);
  }

  public ProblemException(HttpStatus status, String detail, @Nullable Throwable cause) {
    super(status, ProblemDetail.forStatusAndDetail(status, detail), cause);
  }

  /** Says when to come back with the same request. */
  public ProblemException retryAfter(long seconds) {
    getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return this;
  }

  /** Adds a member to the document, for programs. */
  public ProblemException with(String member, Object value) {
    getBody().setProperty(member, value);
    return this;
  }
}
