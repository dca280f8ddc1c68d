package org.smileadventure.ingest.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Appends events by COPY, which PostgreSQL takes in whole pages at a time; an insert has to look
 * for a conflict with each row. So the events have to be new, or all of them are refused.
 */
@Component
class EventCopy {
  private static final String COPY =
      "COPY session_events (session_id, seq, child_id, type, occurred_at, payload) FROM STDIN";
  private static final int FLUSHED_AT = 64 * 1024;

  private final JdbcTemplate jdbc;
  private final EventCodec codec;

  EventCopy(JdbcTemplate jdbc, EventCodec codec) {
    this.jdbc = jdbc;
    this.codec = codec;
  }

  /**
   * Appends the events in the transaction of the caller.
   *
   * @throws org.springframework.dao.DataIntegrityViolationException if one of them is stored
   *     already, or the database cannot take what it says
   */
  void append(List<SessionEvent> events) {
    if (!events.isEmpty()) {
      jdbc.execute((Connection connection) -> copy(events, connection));
    }
  }

  private Long copy(List<SessionEvent> events, Connection connection) throws SQLException {
    var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      var rows = new ByteArrayOutputStream(FLUSHED_AT + 4096);
      for (var event : events) {
        write(event, rows);
        if (rows.size() >= FLUSHED_AT) {
          send(rows, in);
        }
      }
      send(rows, in);
      return in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private static void send(ByteArrayOutputStream rows, CopyIn in) throws SQLException {
    var bytes = rows.toByteArray();
    in.writeToCopy(bytes, 0, bytes.length);
    rows.reset();
  }

  private void write(SessionEvent event, ByteArrayOutputStream rows) {
    var columns =
        event.sessionId().toString()
            + '\t'
            + event.sequence()
            + '\t'
            + event.childId()
            + '\t'
            + event.type().wireName()
            + '\t'
            + event.occurredAt()
            + '\t';
    rows.writeBytes(columns.getBytes(UTF_8));
    // JSON has no raw tab or newline; a backslash is the one character that COPY would read.
    for (var octet : codec.payloadJson(event)) {
      if (octet == '\\') {
        rows.write('\\');
      }
      rows.write(octet);
    }
    rows.write('\n');
  }
}
