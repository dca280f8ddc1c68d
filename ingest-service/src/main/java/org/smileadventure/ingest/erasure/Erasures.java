package org.smileadventure.ingest.erasure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.ChildBlock;
import org.smileadventure.ingest.TopicProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The erasures in the database, how far each is, and what is done about them there. */
@Component
class Erasures {
  private static final String OPEN = SqlFile.read(Erasures.class, "open.sql");
  private static final String ERASED = SqlFile.read(Erasures.class, "erased.sql");
  private static final String CLEARED = SqlFile.read(Erasures.class, "cleared.sql");
  private static final String OTHERS_HAVE_ENDED =
      SqlFile.read(Erasures.class, "others-have-ended.sql");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Erasures(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** One that is not done yet, and how far it is. */
  record Open(Erasure erasure, boolean announced, boolean erased, boolean cleared) {}

  List<Open> open() {
    return jdbc.sql(OPEN).query((row, _) -> open(row)).list();
  }

  private static Open open(ResultSet row) throws SQLException {
    var child = row.getObject("child", Long.class);
    return new Open(
        new Erasure(
            row.getObject("id", UUID.class),
            child == null ? null : new ChildId(child),
            row.getObject("account", Long.class),
            row.getObject("asked_at", OffsetDateTime.class).toInstant(),
            row.getString("registered_at")),
        row.getBoolean("announced"),
        row.getBoolean("erased"),
        row.getBoolean("cleared"));
  }

  void announced(Erasure erasure) {
    jdbc.sql("UPDATE erasures SET announced_at = now() WHERE id = :id AND announced_at IS NULL")
        .param("id", erasure.id())
        .update();
  }

  /**
   * Deletes all rows, in one transaction, while nobody else writes about the child: neither a job
   * (which has the lock of its block, and then may lock the child too) nor ingest (which has that
   * of the child).
   */
  void erase(Erasure erasure) {
    transaction.executeWithoutResult(
        _ -> {
          if (mine(erasure).filter(held -> !held.erased()).isPresent()) {
            patiently();
            lock(erasure.child());
            jdbc.sql(ERASED)
                .param("rows", erase(erasure, false))
                .param("id", erasure.id())
                .update();
          }
        });
  }

  /** Deletes what transactions have written that were open when the rows went. */
  void sweep(Erasure erasure) {
    transaction.executeWithoutResult(
        _ -> {
          if (mine(erasure).filter(held -> !held.swept()).isPresent()) {
            patiently();
            // After a kill it comes here again, and finds less.
            jdbc.sql(
                    """
                    UPDATE erasures SET swept_rows = coalesce(swept_rows, '{}') || :rows::jsonb
                    WHERE id = :id
                    """)
                .param("rows", erase(erasure, true))
                .param("id", erasure.id())
                .update();
          }
        });
  }

  private record Held(boolean erased, boolean swept) {}

  /** How far it is, if no other instance is at it just now. */
  private Optional<Held> mine(Erasure erasure) {
    return jdbc.sql(
            """
            SELECT erased_at IS NOT NULL AS erased, swept_at IS NOT NULL AS swept
            FROM erasures WHERE id = :id FOR UPDATE SKIP LOCKED
            """)
        .param("id", erasure.id())
        .query(Held.class)
        .optional();
  }

  private void patiently() {
    jdbc.sql("SET LOCAL statement_timeout = '1h'").update();
  }

  private void lock(@Nullable ChildId child) {
    if (child != null) {
      jdbc.sql("SELECT pg_advisory_xact_lock(1, (:child / :size % 2147483647)::int)")
          .param("child", child.value())
          .param("size", ChildBlock.SIZE)
          .query(_ -> {});
      jdbc.sql("SELECT FROM children WHERE id = :child FOR UPDATE")
          .param("child", child.value())
          .query(_ -> {});
    }
  }

  /** Returns how many rows that were, by table. */
  private String erase(Erasure erasure, boolean thorough) {
    return erasure.child() == null
        ? jdbc.sql("SELECT erase_account(:account)::text")
            .param("account", erasure.account())
            .query(String.class)
            .single()
        : jdbc.sql("SELECT erase_child(:child, :thorough)::text")
            .param("child", erasure.child().value())
            .param("thorough", thorough)
            .query(String.class)
            .single();
  }

  void cleared(Erasure erasure) {
    jdbc.sql(CLEARED).param("id", erasure.id()).update();
  }

  boolean othersHaveEnded(Erasure erasure) {
    return jdbc.sql(OTHERS_HAVE_ENDED)
        .param("id", erasure.id())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** All is done. What somebody wrote as the reason is of the child, too. */
  void swept(Erasure erasure) {
    jdbc.sql(
            "UPDATE erasures SET swept_at = now(), reason = NULL WHERE id = :id AND swept_at IS"
                + " NULL")
        .param("id", erasure.id())
        .update();
  }

  /** Tells how long Kafka keeps what, for the certificates and the policy that everybody reads. */
  void topicsKeep(TopicProperties topics) {
    jdbc.sql("SELECT topics_keep(:events::interval, :quarantine::interval, :deleted::interval)")
        .param("events", topics.eventsGone().toString())
        .param("quarantine", topics.quarantineGone().toString())
        .param("deleted", topics.deletedGone().toString())
        .query(_ -> {});
  }

  /** Enters those that are not known here; returns how many. */
  int enter(Collection<Erasure> announced) {
    var unknown =
        jdbc.sql(
                """
                SELECT a.id FROM unnest(:ids::uuid[]) AS a (id)
                WHERE NOT EXISTS (SELECT FROM erasures e WHERE e.id = a.id)
                """)
            .param("ids", announced.stream().map(Erasure::id).toArray(UUID[]::new))
            .query(UUID.class)
            .set();
    return (int)
        announced.stream()
            .filter(erasure -> unknown.contains(erasure.id()))
            .filter(this::enter)
            .count();
  }

  private boolean enter(Erasure erasure) {
    return jdbc.sql(
            """
            SELECT enter_erasure(:id, :child::bigint, :account::bigint, :registered::timestamptz, :asked::timestamptz)
            """)
        .param("id", erasure.id())
        .param("child", erasure.child() == null ? null : erasure.child().toString())
        .param("account", erasure.account() == null ? null : erasure.account().toString())
        .param("registered", erasure.registeredAt())
        .param("asked", erasure.askedAt().toString())
        .query(Boolean.class)
        .single();
  }
}
