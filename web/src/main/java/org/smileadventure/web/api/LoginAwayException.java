package org.smileadventure.web.api;

/** The login has to be made new before anything is asked, and who does that is away. */
public final class LoginAwayException extends ApiAwayException {
  private static final long serialVersionUID = 1;

  public LoginAwayException(ApiAwayException cause) {
    super("the login cannot be made new", cause);
  }
}
