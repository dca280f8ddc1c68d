package org.smileadventure.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A store that keeps the rows of game_sessions up to date with each event, as is usual: the events
 * are appended set by set as in our store, and then each new one is folded into its session's row.
 */
final class FoldingStore {
  private static final String APPEND = SqlFile.read(FoldingStore.class, "fold-append.sql");
  private static final String START = SqlFile.read(FoldingStore.class, "fold-start.sql");
  private static final String EVENT = SqlFile.read(FoldingStore.class, "fold-event.sql");
  private static final String MARK_DIRTY = SqlFile.read(FoldingStore.class, "fold-mark-dirty.sql");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final EventCodec codec;

  FoldingStore(JdbcTemplate jdbc, TransactionTemplate transaction, EventCodec codec) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.codec = codec;
  }

  /** In one transaction. */
  void store(List<SessionEvent> batch) {
    if (!batch.isEmpty()) {
      transaction.executeWithoutResult(_ -> fold(append(batch)));
    }
  }

  private record Place(SessionId session, int sequence) {}

  /** Returns the new ones, in their order. */
  private List<SessionEvent> append(List<SessionEvent> events) {
    Set<Place> stored =
        new HashSet<>(
            JdbcClient.create(jdbc)
                .sql(APPEND)
                .param(
                    "session_ids",
                    events.stream().map(e -> e.sessionId().toString()).toArray(String[]::new))
                .param("seqs", events.stream().mapToInt(SessionEvent::sequence).toArray())
                .param("child_ids", events.stream().mapToLong(e -> e.childId().value()).toArray())
                .param(
                    "types", events.stream().map(e -> e.type().wireName()).toArray(String[]::new))
                .param(
                    "occurred_ats",
                    events.stream().map(e -> e.occurredAt().toString()).toArray(String[]::new))
                .param("payloads", events.stream().map(this::payload).toArray(String[]::new))
                .query(
                    (row, _) ->
                        new Place(
                            new SessionId(row.getObject("session_id", UUID.class)),
                            row.getInt("seq")))
                .list());
    return events.stream()
        .filter(event -> stored.remove(new Place(event.sessionId(), event.sequence())))
        .toList();
  }

  private void fold(List<SessionEvent> events) {
    var starts = new ArrayList<Object[]>();
    var changes = new ArrayList<Object[]>();
    for (var event : events) {
      var id = event.sessionId().value();
      var occurredAt = event.occurredAt().toString();
      var payload = payload(event);
      if (event.payload() instanceof Payload.SessionStarted) {
        starts.add(new Object[] {id, event.childId().value(), occurredAt, payload});
      } else {
        changes.add(new Object[] {id, event.type().wireName(), occurredAt, payload});
      }
    }
    jdbc.batchUpdate(START, starts);
    jdbc.batchUpdate(EVENT, changes);
    JdbcClient.create(jdbc)
        .sql(MARK_DIRTY)
        .param(
            "session_ids",
            events.stream().map(e -> e.sessionId().toString()).distinct().toArray(String[]::new))
        .update();
  }

  private String payload(SessionEvent event) {
    return new String(codec.payloadJson(event), UTF_8);
  }
}
