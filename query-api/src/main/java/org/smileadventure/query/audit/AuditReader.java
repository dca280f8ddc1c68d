package org.smileadventure.query.audit;

import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Asked;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is on record of who did what; that it was read is put on record too. */
@Component
class AuditReader {
  private static final String PAGE = SqlFile.read(AuditReader.class, "page.sql");

  private final JdbcClient jdbc;

  AuditReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Something that was done.
   *
   * @param actor the account; null: no person's
   */
  record Entry(
      long id,
      Instant at,
      @Nullable Long actor,
      String actorRole,
      String action,
      @Nullable Long child,
      String detail) {}

  /** A page of them, newest first; empty if it is no admin of ours who asks. */
  Page.Cut<Entry> find(Asked asked, AuditFilter filter, Page page) {
    var after = page.after() == null ? null : Cursor.momentAndId(page.after());
    var found =
        jdbc.sql(PAGE)
            .param("viewer", asked.viewer().id())
            .param("request", asked.line())
            .param("actor", filter.actor(), Types.BIGINT)
            .param("child", filter.child(), Types.BIGINT)
            .param("action", filter.action(), Types.VARCHAR)
            .param("from", filter.from(), Types.DATE)
            .param("to", filter.to(), Types.DATE)
            .param("before", after == null ? "infinity" : after.sqlTime())
            .param("before_id", after == null ? 0L : after.id())
            .param("most", page.limitAndOne())
            .query(new SimplePropertyRowMapper<>(Entry.class))
            .list();
    return page.cut(found, entry -> new Cursor.Moment<>(entry.at(), entry.id()).text());
  }
}
