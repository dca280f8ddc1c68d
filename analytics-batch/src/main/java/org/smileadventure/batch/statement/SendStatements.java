package org.smileadventure.batch.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what was received of children since it was last sent, month by month. No child is locked: a
 * writer does not wait for a record store. What was sent and not committed is sent again, and has
 * the same ids.
 */
final class SendStatements implements ItemWriter<ChildId> {
  private static final String DUE = SqlFile.read(SendStatements.class, "due.sql");
  private static final String EVENTS = SqlFile.read(SendStatements.class, "events.sql");
  private static final String SENT = SqlFile.read(SendStatements.class, "sent.sql");

  private static final int STATEMENTS_IN_A_REQUEST = 200;
  private static final int ROWS_AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final Statements statements;
  private final RecordStore store;

  SendStatements(JdbcClient jdbc, Statements statements, RecordStore store) {
    this.jdbc = jdbc;
    this.statements = statements;
    this.store = store;
  }

  /**
   * A month of which something may not have been sent.
   *
   * @param sentUntil as PostgreSQL writes a time, which may be before all times
   * @param until what was received until then is sent now
   */
  private record DueMonth(
      long childId, LocalDate month, long version, String sentUntil, String until) {}

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    // The database waits for the record store.
    jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = 0").update();
    var due =
        jdbc.sql(DUE)
            .param("children", ChildBlocks.ids(chunk.getItems()))
            .query(
                (row, _) ->
                    new DueMonth(
                        row.getLong("child_id"),
                        row.getObject("month", LocalDate.class),
                        row.getLong("version"),
                        row.getString("sent_until"),
                        row.getString("until")))
            .list();
    for (var month : due) {
      var sent = send(month);
      if (sent > 0) {
        note(month.childId(), sent);
      }
      jdbc.sql(SENT)
          .param("child", month.childId())
          .param("month", month.month())
          .param("version", month.version())
          .param("until", month.until())
          .update();
    }
  }

  private int send(DueMonth month) {
    var request = new Request();
    jdbc.sql(EVENTS)
        .param("child", month.childId())
        .param("month", month.month())
        .param("sent_until", month.sentUntil())
        .withFetchSize(ROWS_AT_ONCE)
        .query(
            row -> {
              var session = SessionId.parse(row.getString("session_id"));
              var child = new ChildId(row.getLong("child_id"));
              EventChunk.read(session, child, row.getBytes("events")).stream()
                  .map(statements::of)
                  .forEach(request::add);
            });
    request.send();
    return request.sent;
  }

  /** What goes in one request, which is sent when it is full. */
  private final class Request {
    private final List<Statement> waiting = new ArrayList<>();
    private int sent;

    void add(Statement statement) {
      waiting.add(statement);
      if (waiting.size() == STATEMENTS_IN_A_REQUEST) {
        send();
      }
    }

    void send() {
      if (!waiting.isEmpty()) {
        store.store(waiting);
        sent += waiting.size();
        waiting.clear();
      }
    }
  }

  /** On record, as a look at the child is: its guardians are told that it went elsewhere. */
  private void note(long child, int sent) {
    jdbc.sql(
            """
            INSERT INTO audit_log (actor_role, action, child, detail)
            VALUES ('system', 'statements_sent', :child, :detail)
            """)
        .param("child", child)
        .param("detail", "to the record store: " + sent)
        .update();
  }
}
