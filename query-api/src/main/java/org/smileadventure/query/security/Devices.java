package org.smileadventure.query.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.query.answer.Audit;
import org.smileadventure.query.answer.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The devices that have tokens, and taking these back. */
@Component
public class Devices {
  private static final int MOST = 100;

  private final JdbcClient jdbc;
  private final RevocationRows revocations;
  private final Audit audit;
  private final InstantSource clock;

  Devices(JdbcClient jdbc, RevocationRows revocations, Audit audit, InstantSource clock) {
    this.jdbc = jdbc;
    this.revocations = revocations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A device.
   *
   * @param id the {@code jti} of its token
   * @param revokedAt null: its token is accepted until it expires
   */
  record Device(
      UUID id,
      String name,
      List<Long> childIds,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {}

  void add(UUID id, long user, String name, List<Long> children, Instant issued, Instant expires) {
    jdbc.sql(
            """
            INSERT INTO devices (jti, user_id, name, children, issued_at, expires_at)
            VALUES (:id, :user, :name, :children, :issued::timestamptz, :expires::timestamptz)
            """)
        .param("id", id)
        .param("user", user)
        .param("name", name)
        .param("children", children.stream().mapToLong(Long::longValue).toArray())
        .param("issued", issued.toString())
        .param("expires", expires.toString())
        .update();
  }

  /** Those whose tokens have not expired, the newest first. */
  List<Device> of(long user) {
    return jdbc.sql(
            """
            SELECT jti, name, children, issued_at, expires_at, revoked_at
            FROM devices
            WHERE user_id = :user AND expires_at > :now::timestamptz
            ORDER BY issued_at DESC, jti
            LIMIT :most
            """)
        .param("user", user)
        .param("now", clock.instant().toString())
        .param("most", MOST)
        .query((row, _) -> device(row))
        .list();
  }

  private static Device device(ResultSet row) throws SQLException {
    var revoked = row.getTimestamp("revoked_at");
    return new Device(
        row.getObject("jti", UUID.class),
        row.getString("name"),
        List.of((Long[]) row.getArray("children").getArray()),
        row.getTimestamp("issued_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        revoked == null ? null : revoked.toInstant());
  }

  /** Takes the token of an own device back; returns whether there is such a device. */
  @Transactional
  boolean revoke(Viewer owner, UUID id) {
    revokeFound(owner, id);
    return jdbc.sql("SELECT EXISTS (SELECT FROM devices WHERE jti = :id AND user_id = :owner)")
        .param("id", id)
        .param("owner", owner.id())
        .query(Boolean.class)
        .single();
  }

  /** Takes the tokens of all devices of an account back. */
  @Transactional
  public void revokeAll(Viewer owner) {
    revokeFound(owner, null);
  }

  private record Revoked(UUID jti, Instant expiresAt) {}

  private void revokeFound(Viewer owner, @Nullable UUID one) {
    jdbc.sql(
            """
            UPDATE devices SET revoked_at = :now::timestamptz, revoked_by = :owner
            WHERE user_id = :owner AND revoked_at IS NULL AND (:one::uuid IS NULL OR jti = :one::uuid)
            RETURNING jti, expires_at
            """)
        .param("now", clock.instant().toString())
        .param("owner", owner.id())
        .param("one", one, Types.OTHER)
        .query(Revoked.class)
        .list()
        .forEach(
            device -> {
              revocations.revoke("device:" + device.jti(), device.expiresAt());
              audit.record(owner, "device_revoked", "device " + device.jti());
            });
  }
}
