package org.smileadventure.ingest.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.ingest.store.EventStore.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells an event that came again from one that only has the place of another: of a copied tablet,
 * say, or a restored one. Only what came into a taken place is looked at.
 */
final class TakenPlaces {
  private static final String STORED = SqlFile.read(TakenPlaces.class, "stored-events.sql");

  private final JdbcClient jdbc;
  private final OpenSessions open;

  TakenPlaces(JdbcClient jdbc, OpenSessions open) {
    this.jdbc = jdbc;
    this.open = open;
  }

  private record Place(SessionId session, ChildId child, int sequence) {
    static Place of(SessionEvent event) {
      return new Place(event.sessionId(), event.childId(), event.sequence());
    }
  }

  /**
   * What came into a taken place.
   *
   * @param same says what the first one says
   * @param divergent says something else
   */
  record Again(List<DecodedEvent> same, List<Refused> divergent) {
    static final Again NOTHING = new Again(List.of(), List.of());
  }

  Again compare(Collection<NewEvents> sessions) {
    var again = sessions.stream().filter(session -> !session.again().isEmpty()).toList();
    if (again.isEmpty()) {
      return Again.NOTHING;
    }
    var first = first(again);
    var same = new ArrayList<DecodedEvent>();
    var divergent = new ArrayList<Refused>();
    for (var session : again) {
      for (var decoded : session.again()) {
        if (decoded.event().equals(first.get(Place.of(decoded.event())))) {
          same.add(decoded);
        } else {
          divergent.add(refused(decoded));
        }
      }
    }
    return new Again(same, divergent);
  }

  private static Refused refused(DecodedEvent decoded) {
    return new Refused(
        decoded,
        Rejection.DIVERGENT_DUPLICATE,
        "sequence: the session has another event with this number; the first one stays");
  }

  private Map<Place, SessionEvent> first(List<NewEvents> again) {
    var first = new HashMap<Place, SessionEvent>();
    var unknown = new ArrayList<NewEvents>();
    for (var session : again) {
      session.events().forEach(decoded -> put(first, decoded.event()));
      var before = open.events(session.id(), session.child(), session.stored().count());
      if (before == null) {
        unknown.add(session);
      } else {
        before.forEach(event -> put(first, event));
      }
    }
    if (!unknown.isEmpty()) {
      read(unknown, first);
    }
    return first;
  }

  private static void put(Map<Place, SessionEvent> events, SessionEvent event) {
    events.put(Place.of(event), event);
  }

  private void read(List<NewEvents> sessions, Map<Place, SessionEvent> into) {
    jdbc.sql(STORED)
        .param("sessions", sessions.stream().map(s -> s.id().value()).toArray(UUID[]::new))
        .param("children", sessions.stream().mapToLong(s -> s.child().value()).toArray())
        .param("firsts", sessions.stream().mapToInt(s -> sequence(s.again().getFirst())).toArray())
        .param("lasts", sessions.stream().mapToInt(s -> sequence(s.again().getLast())).toArray())
        .query(
            row -> {
              EventChunk.read(
                      new SessionId(row.getObject("session_id", UUID.class)),
                      new ChildId(row.getLong("child_id")),
                      row.getBytes("events"))
                  .forEach(event -> put(into, event));
            });
  }

  private static int sequence(DecodedEvent decoded) {
    return decoded.event().sequence();
  }
}
