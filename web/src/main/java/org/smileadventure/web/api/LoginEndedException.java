package org.smileadventure.web.api;

import org.springframework.security.core.AuthenticationException;

/** The API does not accept the viewer's login any more: it ended, or was taken back. */
public final class LoginEndedException extends AuthenticationException {
  private static final long serialVersionUID = 1;

  public LoginEndedException() {
    super("the API does not accept the login any more");
  }
}
