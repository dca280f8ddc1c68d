package org.smileadventure.query.answer;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who asks.
 *
 * @param id of the user; every statement about a child is bound to it
 */
public record Viewer(long id) {

  public static Viewer of(Jwt token) {
    return new Viewer(Long.parseLong(token.getSubject()));
  }
}
