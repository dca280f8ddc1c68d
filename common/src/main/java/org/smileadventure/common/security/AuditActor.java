package org.smileadventure.common.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is put on record as the one who did something. Accounts have numbers. An admin of an outside
 * issuer may have none: then the entry has no actor, and its detail has the name.
 *
 * @param id of the account, as {@code audit_log.actor}; null: it has none
 * @param byName what to add to the detail: {@code " by NAME"}, up to 204 characters; empty if there
 *     is an id
 */
public record AuditActor(@Nullable Long id, String byName) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final int LONGEST_NAME = 200;

  /** As long as {@code audit_log.detail} may be. */
  private static final int LONGEST_DETAIL = 500;

  /**
   * The one whom a token was made out to.
   *
   * @param name the subject of the token
   */
  public static AuditActor of(String name) {
    return NUMBER.matcher(name).matches()
        ? new AuditActor(Long.valueOf(name), "")
        : new AuditActor(null, " by " + beginning(name, LONGEST_NAME));
  }

  /** What was done, and by whom if only the name says so: 500 characters at most. */
  public String detail(String what) {
    return beginning(what, LONGEST_DETAIL - byName.length()) + byName;
  }

  private static String beginning(String text, int most) {
    return text.substring(0, Math.min(text.length(), most));
  }
}
