package org.smileadventure.common.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.localstack.RealServers;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test in months of its own. */
@RealServers
class PartitionsTest {
  private static final DataSource DATABASE = MigratedDatabase.newDataSource();
  private static final JdbcClient DB = JdbcClient.create(DATABASE);
  private static final TransactionTemplate TRANSACTION =
      new TransactionTemplate(new JdbcTransactionManager(DATABASE));

  @Test
  void partitionsAreMadeOnce() {
    assertThat(ensure("2031-01-15", "2031-03-01")).isEqualTo(3);
    assertThat(ensure("2031-01-01", "2031-03-31")).isZero();
    assertThat(ensure("2031-03-31", "2031-04-01")).isOne();
  }

  @Test
  void migrationMakesThePartitionsOfToday() {
    var today = Instant.now();
    assertThat(insert(session(today), 1))
        .isEqualTo(
            "session_events_" + today.toString().substring(0, 7).replace('-', '_') + "_plain");
  }

  @ParameterizedTest
  @CsvSource({
    "2032-01-31T23:59:59.999Z, session_events_2032_01_plain",
    "2032-02-01T00:00:00.000Z, session_events_2032_02_plain",
    "2032-02-29T23:59:59.999Z, session_events_2032_02_plain",
    "2032-03-01T00:00:00.000Z, session_events_2032_03_plain"
  })
  void eventLandsInTheMonthInWhichItsSessionStarted(Instant start, String partition) {
    ensure("2032-01-01", "2032-03-01");
    assertThat(insert(session(start), 1)).isEqualTo(partition);
  }

  @Test
  void readByIdTouchesOneMonth() {
    ensure("2033-01-01", "2033-12-01");
    var plan =
        String.join(
            "\n",
            DB.sql(
                    "EXPLAIN SELECT FROM session_events WHERE session_id = '%s'::uuid"
                        .formatted(session(Instant.parse("2033-05-05T05:05:05Z"))))
                .query(String.class)
                .list());
    assertThat(plan)
        .contains("session_events_2033_05")
        .doesNotContain("session_events_2033_04", "session_events_default");
  }

  @Test
  void skewedEventWaitsInTheDefaultPartitionUntilItsMonthIsMade() {
    var skewed = session(Instant.parse("2034-07-01T00:00:00Z"));
    var other = session(Instant.parse("2034-08-01T00:00:00Z"));
    assertThat(insert(skewed, 1)).isEqualTo("session_events_default");
    assertThat(insert(other, 1)).isEqualTo("session_events_default");

    ensure("2034-07-01", "2034-07-31");

    assertThat(partition(skewed)).isEqualTo("session_events_2034_07_plain");
    assertThat(partition(other)).isEqualTo("session_events_default");
    assertThat(insert(skewed, 2)).isEqualTo("session_events_2034_07_plain");
  }

  @Test
  void secondRowFromTheSameNumberOnIsRefused() {
    var session = session(Instant.parse("2035-01-01T00:00:00Z"));
    insert(session, 1);
    assertThatThrownBy(() -> insert(session, 1)).isInstanceOf(DuplicateKeyException.class);
    ensure("2035-01-01", "2035-01-01");
    assertThatThrownBy(() -> insert(session, 1)).isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void concurrentCallersMakeEachPartitionOnce() throws Exception {
    var made = together(Stream.generate(() -> ensuring("2036-01-01", "2036-06-01")).limit(8));
    assertThat(made.stream().mapToInt(Integer::intValue).sum()).isEqualTo(6);
  }

  /** As ingest does: it looks what is stored, in all partitions, before it writes. */
  @Test
  void writersThatReadFirstNeitherFailNorBlockWhileTheirMonthsAreMade() throws Exception {
    var start = Instant.parse("2037-03-03T03:03:03Z");
    Callable<Integer> write =
        () -> {
          var session = session(start);
          for (int seq = 1; seq <= 100; seq++) {
            insertAfterReading(session, seq);
          }
          return 0;
        };
    var made =
        together(
            Stream.of(
                write, write, write, ensuring("2037-01-01", "2037-12-01"), write, write, write));
    assertThat(made.get(3)).isEqualTo(12);
    assertThat(count("session_events_2037_03")).isEqualTo(600);
  }

  /** A report that takes long, say. */
  @Test
  void longReaderDoesNotHoldUpWritersWhileAMonthIsMade() throws Exception {
    try (var threads = Executors.newSingleThreadExecutor()) {
      var making =
          TRANSACTION.execute(
              _ -> {
                count("session_events");
                var made = threads.submit(ensuring("2038-01-01", "2038-01-01"));
                await().until(() -> waitingForPartitions() == 1);
                writeInAnotherThread(session(Instant.parse("2039-01-01T00:00:00Z")));
                assertThat(made.isDone()).isFalse();
                return made;
              });
      assertThat(result(Objects.requireNonNull(making))).isOne();
    }
  }

  @Test
  void whoMayDoWithoutANewPartitionDoesNotFailOverALongReader() {
    TRANSACTION.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          DB.sql(
                  """
                  CREATE OR REPLACE FUNCTION lock_session_events() RETURNS void LANGUAGE plpgsql AS $$
                  BEGIN RAISE lock_not_available; END $$
                  """)
              .update();
          assertThat(
                  DB.sql("SELECT try_session_event_partitions('2040-01-01', '2040-01-01') IS NULL")
                      .query(Boolean.class)
                      .single())
              .isTrue();
        });
    assertThat(
            DB.sql("SELECT try_session_event_partitions('2040-01-01', '2040-01-01')")
                .query(Integer.class)
                .single())
        .isOne();
  }

  private static int waitingForPartitions() {
    return DB.sql(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'session_events'::regclass")
        .query(Integer.class)
        .single();
  }

  private static void writeInAnotherThread(SessionId session) {
    try (var threads = Executors.newSingleThreadExecutor()) {
      result(threads.submit(() -> insert(session, 1)));
    }
  }

  private static void insertAfterReading(SessionId session, int seq) {
    TRANSACTION.executeWithoutResult(
        _ -> {
          var stored =
              DB.sql(
                      """
                      SELECT count(*)
                      FROM unnest(ARRAY[?]::uuid[]) AS p (session_id)
                      JOIN session_events e ON e.session_id = p.session_id
                      """)
                  .param(session.value())
                  .query(Integer.class)
                  .single();
          assertThat(stored).isEqualTo(seq - 1);
          insert(session, seq);
        });
  }

  private static int count(String table) {
    return DB.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }

  private static Callable<Integer> ensuring(String first, String last) {
    return () -> ensure(first, last);
  }

  private static int ensure(String first, String last) {
    return DB.sql("SELECT ensure_session_event_partitions(?, ?)")
        .params(LocalDate.parse(first), LocalDate.parse(last))
        .query(Integer.class)
        .single();
  }

  private static SessionId session(Instant start) {
    return Play.by(new ChildId(1), start).session();
  }

  /** Returns the partition that took the event. */
  private static String insert(SessionId session, int seq) {
    return DB.sql(
            """
            INSERT INTO session_events (session_id, child_id, first_seq, last_seq, events)
            VALUES (?, 1, ?, ?, '[]')
            RETURNING tableoid::regclass::text
            """)
        .params(session.value(), seq, seq)
        .query(String.class)
        .single();
  }

  private static String partition(SessionId session) {
    return DB.sql("SELECT tableoid::regclass::text FROM session_events WHERE session_id = ?")
        .param(session.value())
        .query(String.class)
        .single();
  }

  private static <T> List<T> together(Stream<Callable<T>> tasks) throws Exception {
    try (var threads = Executors.newCachedThreadPool()) {
      var results = threads.invokeAll(tasks.toList());
      return results.stream().map(PartitionsTest::result).toList();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
