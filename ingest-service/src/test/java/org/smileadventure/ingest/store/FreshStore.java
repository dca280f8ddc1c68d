package org.smileadventure.ingest.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.ingest.fixture.StoredRows;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A store on a database of its own, with one parent in it. */
record FreshStore(
    HikariDataSource database,
    EventStore store,
    JdbcClient jdbc,
    StoredRows rows,
    People people,
    long parent)
    implements AutoCloseable {

  /** What fits into memory is kept there. */
  private static final long ROOMY = 1_000_000;

  static FreshStore create() {
    var database = new HikariDataSource();
    database.setJdbcUrl(MigratedDatabase.newUrl());
    database.setMaximumPoolSize(4);
    database.setMinimumIdle(0);
    var jdbc = JdbcClient.create(database);
    var people = new People(jdbc);
    return new FreshStore(
        database,
        storeOn(database, ROOMY),
        jdbc,
        new StoredRows(database),
        people,
        people.parent("parent@example.org"));
  }

  /** Another one on the same database, as of another instance of the service. */
  static EventStore storeOn(HikariDataSource database, long maxOpenEvents) {
    return storeOn(database, maxOpenEvents, new SessionsToday(1_000_000, InstantSource.system()));
  }

  private static EventStore storeOn(
      HikariDataSource database, long maxOpenEvents, SessionsToday today) {
    return new EventStore(
        new JdbcTemplate(database),
        new TransactionTemplate(new JdbcTransactionManager(database)),
        maxOpenEvents,
        today);
  }

  /** One that takes so many sessions of a child a day. */
  EventStore limited(int sessionsPerDay, InstantSource clock) {
    return storeOn(database, ROOMY, new SessionsToday(sessionsPerDay, clock));
  }

  EventStore another(long maxOpenEvents) {
    return storeOn(database, maxOpenEvents);
  }

  ChildId child(String zone) {
    return people.child(parent, zone);
  }

  EventStore.Outcome store(List<SessionEvent> batch) {
    return store(store, batch);
  }

  static EventStore.Outcome store(EventStore store, List<SessionEvent> batch) {
    return store.store(batch.stream().map(DecodedEvent::of).toList(), false);
  }

  Map<String, @Nullable Object> row(Play play) {
    return rows.session(play.session());
  }

  @Override
  public void close() {
    database.close();
  }
}
