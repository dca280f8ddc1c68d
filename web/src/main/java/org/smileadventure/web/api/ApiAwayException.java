package org.smileadventure.web.api;

/** The API does not answer, or says that it cannot now. */
public sealed class ApiAwayException extends RuntimeException
    permits ApiUnconnectedException, LoginAwayException {
  private static final long serialVersionUID = 1;

  ApiAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  ApiAwayException(String message) {
    super(message);
  }
}
