package org.smileadventure.common.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.ReceivedEvents;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Packs the stored events of sessions: one compressed row takes the place of all rows of a session,
 * or one for each part without a gap. Nothing that is read of them changes, nor when each of them
 * was received.
 */
public final class SessionPacking {
  private static final Logger log = LoggerFactory.getLogger(SessionPacking.class);

  private static final String ROWS = SqlFile.read(SessionPacking.class, "stored-rows.sql");
  private static final String DELETE = SqlFile.read(SessionPacking.class, "delete-rows.sql");
  private static final String INSERT = SqlFile.read(SessionPacking.class, "insert-packed.sql");

  /** Bytes of JSON: of a session that has more, a page of its events is not to unpack all. */
  private static final int MOST_IN_A_ROW = 256 * 1024;

  private static final int AT_ONCE = 100;

  private final JdbcClient jdbc;

  public SessionPacking(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A session of a child. */
  public record Key(ChildId child, SessionId session) {}

  /**
   * What was done.
   *
   * @param packed how many sessions were packed
   * @param unreadable those with a row that cannot be read; they are as they were
   */
  public record Outcome(int packed, List<Key> unreadable) {}

  /**
   * Packs what is not packed of these sessions, in the transaction of the caller, who has locked
   * their children as whoever writes does. A session whose rows could not be had back to the byte
   * stays as it is.
   */
  public Outcome pack(List<Key> sessions) {
    var packed = 0;
    var unreadable = new ArrayList<Key>();
    for (int from = 0; from < sessions.size(); from += AT_ONCE) {
      packed +=
          packSome(sessions.subList(from, Math.min(from + AT_ONCE, sessions.size())), unreadable);
    }
    return new Outcome(packed, unreadable);
  }

  private int packSome(List<Key> sessions, List<Key> unreadable) {
    var rows = new LinkedHashMap<Key, List<Row>>();
    stored(sessions)
        .forEach(
            (session, stored) -> {
              if (stored.stream().allMatch(Row::packed)) {
                return;
              }
              try {
                var whole = packed(stored);
                if (whole.isEmpty()) {
                  log.warn(
                      "session {} is not packed: its rows are of another form", session.session());
                } else {
                  rows.put(session, whole);
                }
              } catch (IllegalStateException e) {
                // Its cause may quote the row.
                log.error(
                    "session {} is not packed, a row cannot be read: {}",
                    session.session(),
                    e.getMessage());
                unreadable.add(session);
              }
            });
    if (!rows.isEmpty()) {
      jdbc.sql(DELETE).params(keys(rows.keySet())).update();
      insert(rows.values().stream().flatMap(List::stream).toList());
    }
    return rows.size();
  }

  /** A row of session_events. */
  private record Row(
      Key key, int first, int last, Instant receivedAt, boolean packed, Bytes bytes) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          new Key(
              new ChildId(row.getLong("child_id")),
              new SessionId(row.getObject("session_id", UUID.class))),
          row.getInt("first_seq"),
          row.getInt("last_seq"),
          row.getObject("received_at", OffsetDateTime.class).toInstant(),
          row.getBoolean("packed"),
          new Bytes(row.getBytes("events")));
    }

    List<ReceivedEvents> parts() {
      return EventChunk.parts(bytes.value(), receivedAt);
    }
  }

  /** An array as it is. */
  private static final class Bytes {
    private final byte[] value;

    Bytes(byte[] value) {
      this.value = value;
    }

    byte[] value() {
      return value;
    }
  }

  private Map<Key, List<Row>> stored(List<Key> sessions) {
    var stored = new LinkedHashMap<Key, List<Row>>();
    jdbc.sql(ROWS)
        .params(keys(sessions))
        .query(
            result -> {
              var row = Row.of(result);
              stored.computeIfAbsent(row.key(), _ -> new ArrayList<>()).add(row);
            });
    return stored;
  }

  private static Map<String, Object> keys(Collection<Key> sessions) {
    return Map.of(
        "sessions",
        sessions.stream().map(key -> key.session().value()).toArray(UUID[]::new),
        "children",
        sessions.stream().mapToLong(key -> key.child().value()).toArray());
  }

  /** The rows that take the place of these; none if one of them cannot be packed. */
  private static List<Row> packed(List<Row> stored) {
    var packed = new ArrayList<Row>();
    var from = 0;
    var bytes = 0;
    for (int to = 0; to < stored.size(); to++) {
      var more = length(stored.get(to));
      var hasGap = to > 0 && stored.get(to).first() != stored.get(to - 1).last() + 1;
      if (to > from && (hasGap || bytes + more > MOST_IN_A_ROW)) {
        if (!pack(stored.subList(from, to), packed)) {
          return List.of();
        }
        from = to;
        bytes = 0;
      }
      bytes += more;
    }
    return pack(stored.subList(from, stored.size()), packed) ? packed : List.of();
  }

  private static int length(Row row) {
    return row.packed()
        ? row.parts().stream().mapToInt(part -> part.json().length).sum()
        : row.bytes().value().length;
  }

  private static boolean pack(List<Row> run, List<Row> into) {
    var packed = EventChunk.pack(run.stream().flatMap(row -> row.parts().stream()).toList());
    packed.ifPresent(
        bytes ->
            into.add(
                new Row(
                    run.getFirst().key(),
                    run.getFirst().first(),
                    run.getLast().last(),
                    run.stream().map(Row::receivedAt).max(Instant::compareTo).orElseThrow(),
                    true,
                    new Bytes(bytes))));
    return packed.isPresent();
  }

  private void insert(List<Row> rows) {
    jdbc.sql(INSERT)
        .param(
            "sessions", rows.stream().map(row -> row.key().session().value()).toArray(UUID[]::new))
        .param("children", rows.stream().mapToLong(row -> row.key().child().value()).toArray())
        .param("firsts", rows.stream().mapToInt(Row::first).toArray())
        .param("lasts", rows.stream().mapToInt(Row::last).toArray())
        .param("received", texts(rows, Row::receivedAt))
        .param("events", rows.stream().map(row -> row.bytes().value()).toArray(byte[][]::new))
        .update();
  }

  private static String[] texts(List<Row> rows, Function<Row, Object> value) {
    return rows.stream().map(value).map(Object::toString).toArray(String[]::new);
  }
}
