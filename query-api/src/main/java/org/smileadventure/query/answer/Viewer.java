package org.smileadventure.query.answer;

import java.util.Objects;
import org.smileadventure.common.security.BearerAccess;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who asks.
 *
 * @param id of the user; every statement about a child is bound to it
 * @param role parent, professional or admin
 */
public record Viewer(long id, String role) {

  public static Viewer of(Jwt token) {
    return new Viewer(
        Long.parseLong(token.getSubject()),
        Objects.requireNonNullElse(token.getClaimAsString(BearerAccess.ROLE_CLAIM), ""));
  }

  /** Whether by way of that office: it is no child's, and names the one that it looks at. */
  public boolean admin() {
    return role.equals("admin");
  }

  /** Whether no look is put on record: guardians look at their own. */
  public boolean looksFreely() {
    return role.equals("parent");
  }
}
