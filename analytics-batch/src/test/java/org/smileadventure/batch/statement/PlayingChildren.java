package org.smileadventure.batch.statement;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.xapi.Statements;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Children of one household in a database, what they play, and which statements it makes. */
final class PlayingChildren {
  static final URI HOME_PAGE = URI.create("https://household.example.org");

  private static final Statements STATEMENTS = new Statements(HOME_PAGE);

  private final JdbcClient jdbc;
  private final People people;
  private final long parent;

  PlayingChildren(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.people = new People(jdbc);
    this.parent = people.parent("parent@example.org");
  }

  /** One of whom nobody was asked whether it may be sent. */
  ChildId child() {
    return people.child(parent, "UTC");
  }

  /** One that may be sent. */
  ChildId childToSend() {
    var child = child();
    consent(child, "record_store", true);
    return child;
  }

  void consent(ChildId child, String purpose, boolean granted) {
    people.consent(child, purpose, null, granted);
  }

  void restrict(ChildId child, boolean restricted) {
    jdbc.sql(
            "UPDATE children SET restricted_at = CASE WHEN :restricted THEN now() END WHERE id = :child")
        .param("restricted", restricted)
        .param("child", child.value())
        .update();
  }

  void rename(ChildId child) {
    jdbc.sql("UPDATE children SET name = 'Samuel' WHERE id = ?").param(child.value()).update();
  }

  /** A rated session and an activity, both begun some minutes ago. */
  List<SessionEvent> plays(ChildId child) {
    return plays(child, recently());
  }

  List<SessionEvent> plays(ChildId child, Instant start) {
    var events = new ArrayList<SessionEvent>();
    events.addAll(session(child, start));
    var activity = Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 5, 3);
    events.add(new SessionEvent(Play.by(child, start).session(), child, 1, start, activity));
    return store(events);
  }

  /** 252 events of one session: more than go into a request. */
  List<SessionEvent> playsLong(ChildId child, Instant start) {
    return store(Play.by(child, start).interactions(250, Outcome.CORRECT).completed(60).events());
  }

  /** A rated session, which is not stored yet. */
  static List<SessionEvent> session(ChildId child, Instant start) {
    return Play.by(child, start)
        .interaction(Outcome.CORRECT)
        .help()
        .feeling(EmotionalState.CALM)
        .completed(60)
        .rated(4)
        .events();
  }

  /** So long ago that it is over, and in the same month as all that was played now. */
  static Instant recently() {
    return Instant.now().minusSeconds(900);
  }

  List<SessionEvent> store(List<SessionEvent> events) {
    StoredHistory.store(jdbc, events);
    return events;
  }

  /** Each event of a session in a row of its own. */
  List<SessionEvent> storeInManyRows(List<SessionEvent> session) {
    store(session.stream().filter(event -> event.sequence() % 2 == 1).toList());
    store(session.stream().filter(event -> event.sequence() % 2 == 0).toList());
    return session;
  }

  static List<UUID> ids(List<SessionEvent> events) {
    return events.stream().map(event -> STATEMENTS.of(event).id()).toList();
  }
}
