package org.smileadventure.web.api;

/** Nobody has said where a service is that only the console asks. */
public final class ApiUnconnectedException extends ApiAwayException {
  private static final long serialVersionUID = 1;

  ApiUnconnectedException(String group) {
    super("where " + group + " is was not set");
  }
}
