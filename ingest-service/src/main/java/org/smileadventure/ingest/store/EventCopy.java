package org.smileadventure.ingest.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventChunk;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Appends events by COPY, which PostgreSQL takes in whole pages at a time; an insert has to look
 * for a conflict with each row. So the events have to be new, or all of them are refused.
 *
 * <p>The format is PostgreSQL's binary one: a header, for each row the number of its columns, for
 * each column its length in bytes and its value, and −1 at the end.
 */
final class EventCopy {
  private static final String COPY =
      """
      COPY session_events (session_id, child_id, first_seq, last_seq, events)
      FROM STDIN (FORMAT binary)
      """;
  private static final short COLUMNS = 5;
  private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
  private static final int SENT_AT_ONCE = 64 * 1024;

  private final JdbcTemplate jdbc;

  EventCopy(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Appends the events in the transaction of the caller, those of one session together. */
  void append(Collection<NewEvents> sessions) {
    if (!sessions.isEmpty()) {
      jdbc.execute((Connection connection) -> copy(sessions, connection));
    }
  }

  private static Long copy(Collection<NewEvents> sessions, Connection connection)
      throws SQLException {
    var in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      var buffer = new ByteArrayOutputStream(SENT_AT_ONCE + 4096);
      var out = new DataOutputStream(buffer);
      out.write(SIGNATURE);
      out.writeInt(0); // flags
      out.writeInt(0); // length of an extension of the header
      for (var session : sessions) {
        for (var run : session.runs()) {
          write(run, out);
          if (buffer.size() >= SENT_AT_ONCE) {
            send(buffer, in);
          }
        }
      }
      out.writeShort(-1);
      send(buffer, in);
      return in.endCopy();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written to", e);
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private static void send(ByteArrayOutputStream buffer, CopyIn in) throws SQLException {
    in.writeToCopy(buffer.toByteArray(), 0, buffer.size());
    buffer.reset();
  }

  private static void write(List<DecodedEvent> run, DataOutputStream out) throws IOException {
    var first = run.getFirst().event();
    var session = first.sessionId().value();
    var chunk = EventChunk.write(run);
    out.writeShort(COLUMNS);
    out.writeInt(2 * Long.BYTES);
    out.writeLong(session.getMostSignificantBits());
    out.writeLong(session.getLeastSignificantBits());
    out.writeInt(Long.BYTES);
    out.writeLong(first.childId().value());
    out.writeInt(Integer.BYTES);
    out.writeInt(first.sequence());
    out.writeInt(Integer.BYTES);
    out.writeInt(run.getLast().event().sequence());
    out.writeInt(chunk.length);
    out.write(chunk);
  }
}
