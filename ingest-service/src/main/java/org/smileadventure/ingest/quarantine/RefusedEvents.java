package org.smileadventure.ingest.quarantine;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.ColumnArrays;
import org.smileadventure.ingest.store.EventStore.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes, for whoever sent them, which events of a child could not be stored; the collector had
 * taken them before anybody could know. Of each child the last ones.
 */
@Component
public class RefusedEvents {
  private static final String ADD = SqlFile.read(RefusedEvents.class, "add-refused.sql");
  private static final String FORGET = SqlFile.read(RefusedEvents.class, "forget-refused.sql");
  private static final int KEPT_OF_A_CHILD = 1_000;

  private static final UUID NO_SESSION = new UUID(0, 0);

  /** Without consent it is told that something was refused, and not what. */
  private static final ColumnArrays<Refused> COLUMNS =
      new ColumnArrays<Refused>()
          .column("children", refused -> event(refused).childId())
          .column("sessions", told(event -> event.sessionId().value(), NO_SESSION))
          .column("sequences", told(SessionEvent::sequence, 0))
          .column("types", told(event -> event.type().wireName(), ""))
          .column("reasons", refused -> refused.reason().wireName())
          .column("details", Refused::detail);

  private final JdbcClient jdbc;

  RefusedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event that was refused.
   *
   * @param times how often it came
   */
  record RefusedEvent(
      long childId,
      String sessionId,
      int sequence,
      String type,
      String reason,
      String detail,
      int times,
      Instant firstRefusedAt,
      Instant lastRefusedAt) {}

  private static Function<Refused, @Nullable Object> told(
      Function<SessionEvent, Object> value, Object withoutConsent) {
    return refused ->
        refused.reason() == Rejection.NO_CONSENT ? withoutConsent : value.apply(event(refused));
  }

  /** Those of children that are known, and not erased. */
  public void add(List<Refused> all) {
    var refused = all.stream().filter(r -> r.reason() != Rejection.ERASED_CHILD).toList();
    if (!refused.isEmpty()) {
      jdbc.sql(ADD).params(COLUMNS.of(refused)).update();
      jdbc.sql(FORGET)
          .param("children", refused.stream().mapToLong(r -> event(r).childId().value()).toArray())
          .param("kept", KEPT_OF_A_CHILD)
          .update();
    }
  }

  /** The last of these children, the latest first. */
  List<RefusedEvent> of(Collection<ChildId> children, int most) {
    return jdbc.sql(
            """
            SELECT * FROM refused_events
            WHERE child_id = ANY (:children::bigint[])
            ORDER BY last_refused_at DESC, child_id, session_id, seq, reason
            LIMIT :most
            """)
        .param("children", children.stream().mapToLong(ChildId::value).toArray())
        .param("most", most)
        .query(
            (row, _) ->
                new RefusedEvent(
                    row.getLong("child_id"),
                    row.getString("session_id"),
                    row.getInt("seq"),
                    row.getString("type"),
                    row.getString("reason"),
                    row.getString("detail"),
                    row.getInt("times"),
                    row.getObject("first_refused_at", OffsetDateTime.class).toInstant(),
                    row.getObject("last_refused_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static SessionEvent event(Refused refused) {
    return refused.decoded().event();
  }
}
