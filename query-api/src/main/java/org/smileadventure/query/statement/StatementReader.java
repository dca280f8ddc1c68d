package org.smileadventure.query.statement;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.xapi.Statement;
import org.smileadventure.common.xapi.Statements;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Cursor.Moment;
import org.smileadventure.query.page.Cursor.Place;
import org.smileadventure.query.page.Page;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Reads events, in transactions to which the child was opened, and makes statements of them. */
@Component
class StatementReader {
  private static final String STATEMENTS = SqlFile.read(StatementReader.class, "statements.sql");

  /** No event is of a time before the year 2000. */
  private static final Moment<Place> BEFORE_ALL =
      new Moment<>(Instant.EPOCH, new Place(new UUID(0, 0), 0));

  private static final int ROWS_AT_ONCE = 10;

  private final JdbcClient jdbc;
  private final Statements statements;

  StatementReader(JdbcClient jdbc, @Value("${smile.statements.home-page}") URI homePage) {
    this.jdbc = jdbc;
    this.statements = new Statements(homePage);
  }

  /**
   * An event, and by what it stands where it does.
   *
   * @param at the start of its session; of an activity in no session, when it was done
   */
  private record Placed(Instant at, SessionEvent event) {
    String cursor() {
      return new Moment<>(at, new Place(event.sessionId().value(), event.sequence())).text();
    }
  }

  /**
   * A page of a child's statements; empty if the viewer may not see the child.
   *
   * @throws ProblemException if the viewer may see the child, and may not take its data away
   */
  Optional<Statement.Page> find(Viewer viewer, ChildId child, Page page) {
    var after = page.after() == null ? BEFORE_ALL : Cursor.momentAndPlace(page.after());
    // A plan for any place in the list would be one that reads all that is behind it.
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
    return jdbc.sql(STATEMENTS)
        .param("child", child.value())
        .param("viewer", viewer.id())
        .param("at", after.sqlTime())
        .param("session", after.id().session())
        .param("seq", after.id().sequence())
        .param("most", page.limitAndOne())
        .withFetchSize(ROWS_AT_ONCE)
        .query(
            (ResultSetExtractor<Optional<Statement.Page>>) rows -> page(rows, child, page, after));
  }

  /** Reads no more rows than the page takes: each may have thousands of events. */
  private Optional<Statement.Page> page(
      ResultSet rows, ChildId child, Page page, Moment<Place> after) throws SQLException {
    var seen = false;
    var found = new ArrayList<Placed>();
    while (found.size() < page.limitAndOne() && rows.next()) {
      if (!rows.getBoolean("may_export")) {
        throw new ProblemException(
            HttpStatus.FORBIDDEN, "your assignment to this child is without exports");
      }
      seen = true;
      events(rows, child, after).forEach(found::add);
    }
    if (!seen) {
      return Optional.empty();
    }
    var cut =
        page.cut(found.subList(0, Math.min(found.size(), page.limitAndOne())), Placed::cursor);
    return Optional.of(
        new Statement.Page(
            cut.items().stream().map(Placed::event).map(statements::of).toList(),
            cut.next() == null ? "" : more(child, page.limit(), cut.next())));
  }

  private static Stream<Placed> events(ResultSet row, ChildId child, Moment<Place> after)
      throws SQLException {
    var bytes = row.getBytes("events");
    if (bytes == null) {
      return Stream.empty();
    }
    var at = row.getObject("at", OffsetDateTime.class).toInstant();
    var session = SessionId.parse(row.getString("session_id"));
    var activity = row.getInt("seq");
    var seen =
        at.equals(after.at()) && session.value().equals(after.id().session())
            ? after.id().sequence()
            : 0;
    return EventChunk.read(session, child, bytes).stream()
        .filter(event -> event.sequence() > seen)
        .filter(event -> activity == 0 || event.sequence() == activity)
        .map(event -> new Placed(at, event));
  }

  private static String more(ChildId child, int limit, String cursor) {
    return UriComponentsBuilder.fromPath("/api/v1/children/{id}/statements")
        .queryParam("limit", limit)
        .queryParam("cursor", cursor)
        .build(child)
        .toString();
  }
}
