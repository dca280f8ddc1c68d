package org.smileadventure.ingest.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 *
 * <p>The format is PostgreSQL's binary one: a header, for each row the number of its columns, for
 * each column its length in bytes and its value, and −1 at the end.
 */
@Component
class EventCopy {
  private static final String COPY =
      """
      COPY session_events (session_id, seq, child_id, type, occurred_at, payload)
      FROM STDIN (FORMAT binary)
      """;
  private static final short COLUMNS = 6;
  private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int JSONB_VERSION = 1;
  private static final int SENT_AT_ONCE = 64 * 1024;

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
      var buffer = new ByteArrayOutputStream(SENT_AT_ONCE + 4096);
      var out = new DataOutputStream(buffer);
      out.write(SIGNATURE);
      out.writeInt(0); // flags
      out.writeInt(0); // length of an extension of the header
      for (var event : events) {
        write(event, out);
        if (buffer.size() >= SENT_AT_ONCE) {
          send(buffer, in);
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

  private void write(SessionEvent event, DataOutputStream out) throws IOException {
    var session = event.sessionId().value();
    var type = event.type().wireName().getBytes(US_ASCII);
    var payload = codec.payloadJson(event);
    out.writeShort(COLUMNS);
    out.writeInt(2 * Long.BYTES);
    out.writeLong(session.getMostSignificantBits());
    out.writeLong(session.getLeastSignificantBits());
    out.writeInt(Integer.BYTES);
    out.writeInt(event.sequence());
    out.writeInt(Long.BYTES);
    out.writeLong(event.childId().value());
    out.writeInt(type.length);
    out.write(type);
    out.writeInt(Long.BYTES);
    out.writeLong(ChronoUnit.MICROS.between(EPOCH, event.occurredAt()));
    out.writeInt(1 + payload.length);
    out.writeByte(JSONB_VERSION);
    out.write(payload);
  }
}
