package org.smileadventure.batch.statement;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.Fault;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what was received of children since it was last sent, month by month. In no transaction: no
 * writer, no guardian who withdraws a consent and no erasure waits for a record store. What was
 * sent when it breaks off is sent again, and has the same ids. Before each request it is asked
 * whether the child may be sent still, and put on record.
 */
final class SendStatements implements ItemWriter<ChildId> {
  private static final Logger log = LoggerFactory.getLogger(SendStatements.class);

  private static final String DUE = sql("due");
  private static final String EVENTS = sql("events");
  private static final String NOTE = sql("note");
  private static final String SENT = sql("sent");

  private static final String LEFT_OUT = "smile.batch.children.left.out";
  private static final int STATEMENTS_IN_A_REQUEST = 200;
  private static final int ROWS_AT_ONCE = 50;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final Statements statements;
  private final RecordStore store;
  private final MeterRegistry meters;

  SendStatements(JdbcClient jdbc, Statements statements, RecordStore store, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.statements = statements;
    this.store = store;
    this.meters = meters;
    refused(0);
    meters.counter(LEFT_OUT, "step", StatementsJob.STEP);
  }

  private static String sql(String name) {
    return SqlFile.read(SendStatements.class, name + ".sql");
  }

  /**
   * A month of which something may not have been sent.
   *
   * @param sentUntil as PostgreSQL writes a time, which may be before all times
   * @param markedAt what was received until then was there when the month was folded
   */
  private record DueMonth(LocalDate month, long version, String sentUntil, String markedAt) {}

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    for (var child : chunk.getItems()) {
      try {
        send(child);
      } catch (RuntimeException e) {
        if (Fault.isOfAServer(e)) {
          throw e;
        }
        // Without its message, which may quote an event.
        log.error("child {} is left out: {}", child, e.getClass().getName());
        meters.counter(LEFT_OUT, "step", StatementsJob.STEP).increment();
      }
    }
  }

  private void send(ChildId child) {
    for (var month : due(child)) {
      if (!send(child, month)) {
        return;
      }
      jdbc.sql(SENT)
          .param("child", child.value())
          .param("month", month.month())
          .param("version", month.version())
          .param("sent_until", month.markedAt())
          .update();
    }
  }

  private List<DueMonth> due(ChildId child) {
    return jdbc.sql(DUE)
        .param("child", child.value())
        .query(
            (row, _) ->
                new DueMonth(
                    row.getObject("month", LocalDate.class),
                    row.getLong("version"),
                    row.getString("sent_until"),
                    row.getString("marked_at")))
        .list();
  }

  /** Events of a session that are stored together. */
  private record Row(SessionId session, int lastSequence, List<SessionEvent> events) {}

  /** Returns whether all was sent; if not, the child may not be sent any more. */
  private boolean send(ChildId child, DueMonth month) {
    List<Row> rows;
    @Nullable Row last = null;
    do {
      rows = rows(child, month, last);
      var waiting = new ArrayList<Statement>();
      for (var row : rows) {
        row.events().stream().map(statements::of).forEach(waiting::add);
        last = row;
      }
      for (int from = 0; from < waiting.size(); from += STATEMENTS_IN_A_REQUEST) {
        var request =
            waiting.subList(from, Math.min(from + STATEMENTS_IN_A_REQUEST, waiting.size()));
        if (!isNoted(child, request.size())) {
          return false;
        }
        store(request);
      }
    } while (rows.size() == ROWS_AT_ONCE);
    return true;
  }

  private List<Row> rows(ChildId child, DueMonth month, @Nullable Row last) {
    return jdbc.sql(EVENTS)
        .param("child", child.value())
        .param("month", month.month())
        .param("sent_until", month.sentUntil())
        .param("session", last == null ? BEFORE_ALL : last.session().value())
        .param("last_seq", last == null ? 0 : last.lastSequence())
        .param("most", ROWS_AT_ONCE)
        .query(
            (row, _) -> {
              var session = SessionId.parse(row.getString("session_id"));
              var seen = last != null && last.session().equals(session) ? last.lastSequence() : 0;
              return new Row(
                  session,
                  row.getInt("last_seq"),
                  received(row, session, child).filter(e -> e.sequence() > seen).toList());
            })
        .list();
  }

  /** What a row has that was not received before the last time. */
  private static Stream<SessionEvent> received(ResultSet row, SessionId session, ChildId child)
      throws SQLException {
    // It may be before all times.
    var sentUntil = row.getObject("sent_until", OffsetDateTime.class).toInstant();
    var receivedAt = row.getObject("received_at", OffsetDateTime.class).toInstant();
    return EventChunk.parts(row.getBytes("events"), receivedAt).stream()
        .filter(part -> part.receivedAt().isAfter(sentUntil))
        .flatMap(part -> part.events(session, child).stream());
  }

  private boolean isNoted(ChildId child, int statements) {
    return jdbc.sql(NOTE).param("child", child.value()).param("statements", statements).update()
        > 0;
  }

  /** A store refuses all of a request for one of its statements: that one alone is left out. */
  private void store(List<Statement> request) {
    try {
      store.store(request);
    } catch (RecordStore.RefusedException e) {
      if (request.size() == 1) {
        log.warn("the record store refuses statement {}: {}", request.getFirst().id(), e.status());
        refused(1);
        return;
      }
      var half = request.size() / 2;
      store(request.subList(0, half));
      store(request.subList(half, request.size()));
    }
  }

  private void refused(int statements) {
    meters.counter("smile.batch.statements.refused").increment(statements);
  }
}
