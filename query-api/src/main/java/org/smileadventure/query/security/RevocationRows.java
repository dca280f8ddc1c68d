package org.smileadventure.query.security;

import java.time.Instant;
import org.smileadventure.common.security.Revocations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes what is not accepted any more, though its token says otherwise. This instance knows it at
 * once, the others and the other services within a second.
 */
@Component
class RevocationRows {
  private final JdbcClient jdbc;
  private final Revocations revocations;

  RevocationRows(JdbcClient jdbc, Revocations revocations) {
    this.jdbc = jdbc;
    this.revocations = revocations;
  }

  /**
   * Takes a subject back, such as {@code device:JTI}.
   *
   * @param until when the last token for it expires
   */
  void revoke(String subject, Instant until) {
    set(subject, true, until);
    revocations.note(subject);
  }

  /** Accepts it again. */
  void accept(String subject, Instant until) {
    set(subject, false, until);
    revocations.forget(subject);
  }

  private void set(String subject, boolean revoked, Instant until) {
    jdbc.sql(
            """
            INSERT INTO revocations AS r (subject, revoked, changed_at, until)
            VALUES (:subject, :revoked, clock_timestamp(), :until::timestamptz)
            ON CONFLICT (subject) DO UPDATE
            SET revoked = excluded.revoked, changed_at = excluded.changed_at, until = greatest(r.until, excluded.until)
            """)
        .param("subject", subject)
        .param("revoked", revoked)
        .param("until", until.toString())
        .update();
  }
}
