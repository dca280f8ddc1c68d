package org.smileadventure.query.answer;

import org.smileadventure.common.security.BearerAccess;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who asks.
 *
 * @param id of the user; every statement about a child is bound to it
 * @param admin whether by way of that office: each look at a child is put on record then
 */
public record Viewer(long id, boolean admin) {

  public static Viewer of(Jwt token) {
    return new Viewer(
        Long.parseLong(token.getSubject()),
        "admin".equals(token.getClaimAsString(BearerAccess.ROLE_CLAIM)));
  }
}
