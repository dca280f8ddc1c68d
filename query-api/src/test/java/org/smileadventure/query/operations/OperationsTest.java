package org.smileadventure.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MockClock;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** What operators are told. What the services note of their work is noted here in their place. */
@RealServers
class OperationsTest {
  private static final String ADMIN = Tokens.TRUSTED.of(1, "admin");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @BeforeEach
  @AfterEach
  void nothingIsNoted() {
    for (var table : new String[] {"nights", "consumer_lag", "quarantine_seen"}) {
      run("DELETE FROM " + table);
    }
    run("TRUNCATE batch_job_instance CASCADE");
    run("DELETE FROM service_instances WHERE service = 'ingest-service'");
  }

  private static void run(String sql) {
    SERVICE.db().sql(sql).update();
  }

  private static JsonNode get(String what) {
    return SERVICE.get("/api/v1/operations/" + what, ADMIN).ok();
  }

  @Test
  void onlyAdminsAreTold() {
    var parent = SERVICE.family("UTC").token();
    for (var what : new String[] {"data", "instances", "promises"}) {
      SERVICE.get("/api/v1/operations/" + what, null).problem(401);
      SERVICE.get("/api/v1/operations/" + what, parent).problem(403);
      SERVICE.get("/api/v1/operations/" + what, Tokens.TRUSTED.of(2, "professional")).problem(403);
      get(what);
    }
  }

  @Test
  void partitionsOfTheEventsTellTheirMonths() {
    run("ANALYZE session_events");
    var data = get("data");
    var partitions = data.path("event_partitions").valueStream().toList();
    assertThat(partitions).extracting(part -> part.path("name").asString()).isSorted();
    var months = partitions.stream().filter(part -> !part.path("from").isNull()).toList();
    assertThat(months).hasSizeGreaterThanOrEqualTo(6).hasSize(partitions.size() - 1);
    for (var month : months) {
      var name = month.path("name").asString().replaceAll(".*_(\\d{4})_(\\d{2})", "$1-$2");
      assertThat(month.path("from").asString()).isEqualTo(name + "-01T00:00:00Z");
      var to = Instant.parse(month.path("to").asString());
      assertThat(Duration.between(Instant.parse(month.path("from").asString()), to).toDays())
          .isBetween(28L, 31L);
      assertThat(month.path("rows_estimated").isNumber()).isTrue();
      assertThat(month.path("size_bytes").longValue()).isPositive();
    }
    assertThat(partitions.getLast().path("to").isNull()).as("the one for all others").isTrue();

    var tables = data.path("tables").valueStream().toList();
    assertThat(tables)
        .extracting(table -> table.path("table").asString())
        .contains("session_events", "children", "nights")
        .noneMatch(name -> name.startsWith("session_events_"));
    var all = tables.stream().mapToLong(table -> table.path("size_bytes").longValue()).sum();
    assertThat(data.path("database_bytes").longValue()).isGreaterThan(all);
  }

  @Test
  void whatWaitsAndWhatDifferedIsCounted() {
    assertThat(get("data").path("reconcile").isNull()).isTrue();
    var family = SERVICE.family("UTC");
    var before = get("data");
    run("INSERT INTO dirty_child_months VALUES (%s, '2026-05-01')".formatted(family.child()));
    run("INSERT INTO dirty_child_windows VALUES (%s)".formatted(family.child()));
    reconciled(7, "COMPLETED", 0);
    var data = get("data");
    assertThat(data.path("dirty_months").longValue() - before.path("dirty_months").longValue())
        .isOne();
    assertThat(data.path("dirty_windows").longValue() - before.path("dirty_windows").longValue())
        .isOne();
    assertThat(data.path("oldest_dirty_month").isString()).isTrue();
    assertThat(data.path("reconcile").path("execution_id").longValue()).isEqualTo(7);
    assertThat(data.path("reconcile").path("status").asString()).isEqualTo("COMPLETED");
    assertThat(data.path("reconcile").path("differences").longValue()).isZero();

    reconciled(8, "FAILED", 3);
    assertThat(get("data").path("reconcile").path("differences").longValue()).isEqualTo(3);
    reconciled(9, "FAILED", 0);
    assertThat(get("data").path("reconcile").path("execution_id").longValue())
        .as("one that failed for another reason has found out nothing")
        .isEqualTo(8);
    reconciled(10, "reconcile-sample", "COMPLETED", 0);
    assertThat(get("data").path("reconcile").path("execution_id").longValue())
        .as("a sample of other children mends nothing")
        .isEqualTo(8);
    reconciled(11, "COMPLETED", 0);
    assertThat(get("data").path("reconcile").path("execution_id").longValue()).isEqualTo(11);
    reconciled(12, "reconcile-sample", "COMPLETED", 0);
    assertThat(get("data").path("reconcile").path("execution_id").longValue()).isEqualTo(12);
    run("DELETE FROM dirty_child_months WHERE child_id = " + family.child());
    run("DELETE FROM dirty_child_windows WHERE child_id = " + family.child());
  }

  /** As analytics-batch has it when a reconciliation has ended. */
  private static void reconciled(long run, String status, long differences) {
    reconciled(run, "reconcile-events", status, differences);
  }

  private static void reconciled(long run, String step, String status, long differences) {
    run("INSERT INTO batch_job_instance VALUES (%d, 0, 'reconcile', '%d')".formatted(run, run));
    run(
        """
        INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time, status)
        VALUES (%d, 0, %d, now(), now(), now(), '%s')
        """
            .formatted(run, run, status));
    run(
        """
        INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, end_time, status)
        VALUES (%d, 0, '%s', %d, now(), now(), '%s')
        """
            .formatted(run, step, run, status));
    if (differences > 0) {
      run("INSERT INTO reconcile_differences VALUES (%d, %d, %d)".formatted(run, run, differences));
    }
  }

  @Test
  void instancesAreThoseThatWereHeardOfLately() {
    for (var minutes : new int[] {1, 3}) {
      run(
          """
          INSERT INTO service_instances
          VALUES ('ingest %d', 'ingest-service', '1.2.3', 'host', now() - interval '1 hour', now() - interval '%d min')
          """
              .formatted(minutes, minutes));
    }
    var items =
        await()
            .until(
                () -> get("instances").path("items").valueStream().toList(),
                found ->
                    found.stream()
                        .anyMatch(one -> one.path("service").asString().equals("query-api")));
    assertThat(items)
        .filteredOn(one -> one.path("service").asString().equals("ingest-service"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("instance").asString()).isEqualTo("ingest 1");
              assertThat(one.path("version").asString()).isEqualTo("1.2.3");
              assertThat(one.path("host").asString()).isEqualTo("host");
            });
    assertThat(items)
        .filteredOn(one -> one.path("service").asString().equals("query-api"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
              assertThat(Instant.parse(one.path("seen_at").asString()))
                  .isAfterOrEqualTo(Instant.parse(one.path("started_at").asString()));
            });
  }

  private static JsonNode promise(String name) {
    return get("promises")
        .path("promises")
        .valueStream()
        .filter(promise -> promise.path("promise").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertState(String promise, String state, String said) {
    var found = promise(promise);
    assertThat(found.path("state").asString()).as(found.toString()).isEqualTo(state);
    assertThat(found.path("said").asString()).contains(said).endsWith(".");
  }

  @Test
  void thereAreFourPromises() {
    assertThat(get("promises").path("promises").valueStream())
        .extracting(promise -> promise.path("promise").asString())
        .containsExactly("freshness", "latency", "night", "nothing_lost");
  }

  @ParameterizedTest
  @CsvSource({"0.4,kept", "6,at_risk", "10,at_risk", "10.5,broken"})
  void freshnessIsHowFarIngestIsBehind(double seconds, String state) {
    lag(seconds, 1);
    assertState("freshness", state, "10 s are promised");
    assertThat(promise("freshness").path("value").doubleValue()).isEqualTo(seconds);
    assertThat(promise("freshness").path("bound").doubleValue()).isEqualTo(10);
  }

  @Test
  void freshnessIsUnknownIfItWasNotMeasuredLately() {
    assertState("freshness", "unknown", "never measured");
    lag(0.4, 31);
    assertState("freshness", "unknown", "last measured at");
    run("DELETE FROM consumer_lag");
    lag(null, 1);
    assertState("freshness", "unknown", "Kafka does not tell");
    assertThat(promise("freshness").path("value").isNull()).isTrue();
  }

  private static void lag(@Nullable Double seconds, int secondsAgo) {
    run(
        "INSERT INTO consumer_lag VALUES ('smile-ingest', 'events', 5, %s, now() - interval '%d s')"
            .formatted(seconds == null ? "NULL" : seconds, secondsAgo));
  }

  @Test
  void latencyIsThatOfTheLastMinutesOfThisInstance() {
    var clock = new MockClock();
    var times = RequestTimes.by(clock);
    assertThat(Promises.latency(times).state()).isEqualTo(Promise.State.UNKNOWN);
    for (int answer = 0; answer < 1_000; answer++) {
      times.record(TimeUnit.MILLISECONDS.toNanos(answer < 995 ? 100 : 3_000));
    }
    var kept = Promises.latency(times);
    assertThat(kept.state()).isEqualTo(Promise.State.KEPT);
    assertThat(kept.value()).isBetween(99.0, 102.0);
    assertThat(kept.said()).contains("99 of 100 answers within 10", "1,000 ms");

    for (int answer = 0; answer < 10; answer++) {
      times.record(TimeUnit.MILLISECONDS.toNanos(700));
    }
    assertThat(Promises.latency(times).state()).isEqualTo(Promise.State.AT_RISK);
    for (int answer = 0; answer < 10; answer++) {
      times.record(TimeUnit.MILLISECONDS.toNanos(3_000));
    }
    assertThat(Promises.latency(times).state()).isEqualTo(Promise.State.BROKEN);

    clock.add(RequestTimes.WINDOW.plusSeconds(1));
    assertThat(Promises.latency(times).state()).isEqualTo(Promise.State.UNKNOWN);
  }

  @Test
  void answersThatWereGivenAreInTheLatency() {
    get("instances");
    var latency =
        await()
            .until(
                () -> promise("latency"), told -> !told.path("state").asString().equals("unknown"));
    assertThat(latency.path("value").doubleValue()).isPositive();
    assertThat(latency.path("unit").asString()).isEqualTo("ms");
    assertThat(latency.path("said").asString()).startsWith("This instance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # planned and promised, begun and ended, in minutes from now
            60 |  240 |    - |    - | unknown | The first night is due
            -1 |  120 |    - |    - | kept    | has not begun
           -10 |  120 |    - |    - | at_risk | has not begun
           -60 |  120 |  -60 |    - | kept    | has been running
          -240 |   -1 |    - |    - | broken  | is not done
          -240 |   -1 | -230 |    - | broken  | is not done
          -240 |  -30 | -240 |  -40 | kept    | before it was promised
          -240 |  -30 | -240 |  -20 | broken  | and was promised for
          -9000| -8000| -9000| -8500| unknown | No night is planned; the last one ended
          """)
  void nightIsPromised(
      int planned,
      int promised,
      @Nullable Integer begun,
      @Nullable Integer ended,
      String state,
      String said) {
    night(planned, promised, begun, ended);
    assertState("night", state, said);
  }

  @Test
  void nightIsUnknownWhereNoneIsPlanned() {
    assertState("night", "unknown", "No night is planned, and none was done");
  }

  @Test
  void nightThatRunsTooLongIsAtRisk() {
    night(-1_500, -1_300, -1_500, -1_400);
    night(-60, 120, -60, null);
    assertState("night", "kept", "has been running");
    night(-1_440, -1_430, -1_440, -1_200);
    assertState("night", "at_risk", "if it takes as long as the last one it is late");
  }

  @Test
  void nightThatIsDoneIsToldWithTheNextOne() {
    night(-240, -30, -240, -40);
    night(1_200, 1_410, null, null);
    assertState("night", "kept", "the next one is due at");
    night(-230, 30, -230, null);
    assertState("night", "kept", "has been running");
    run(
        "UPDATE nights SET promised_at = now() - interval '5 min' WHERE ended_at IS NULL AND begun_at IS NOT NULL");
    assertState("night", "broken", "is not done");
    assertThat(promise("night").path("value").doubleValue()).isBetween(299.0, 400.0);
  }

  private static void night(
      int planned, int promised, @Nullable Integer begun, @Nullable Integer ended) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO nights
            SELECT now() + make_interval(mins => :planned), now() + make_interval(mins => :promised),
              now() + make_interval(mins => :begun), now() + make_interval(mins => :ended)
            """)
        .param("planned", planned)
        .param("promised", promised)
        .param("begun", begun, Types.INTEGER)
        .param("ended", ended, Types.INTEGER)
        .update();
  }

  @Test
  void nothingIsLostWhatIsSeenAndDoesNotDiffer() {
    assertState("nothing_lost", "unknown", "is not known");
    quarantine(0, null, 1);
    assertState("nothing_lost", "kept", "no row differs");
    quarantine(3, 60, 1);
    assertState("nothing_lost", "kept", "3 records");
    quarantine(3, 800, 1);
    assertState("nothing_lost", "at_risk", "the oldest since");
    quarantine(3, 1_500, 1);
    assertState("nothing_lost", "broken", "the oldest since");
    assertThat(promise("nothing_lost").path("since").isString()).isTrue();
    assertThat(promise("nothing_lost").path("value").doubleValue()).isEqualTo(3);
    quarantine(0, null, 400);
    assertState("nothing_lost", "unknown", "is not known");

    quarantine(0, null, 1);
    reconciled(7, "FAILED", 12);
    assertState("nothing_lost", "broken", "12 rows differ");
    reconciled(8, "COMPLETED", 0);
    assertState("nothing_lost", "kept", "no row differs");
  }

  private static void quarantine(int unseen, @Nullable Integer oldestMinutes, int measuredSeconds) {
    run("DELETE FROM quarantine_seen");
    run(
        """
        INSERT INTO quarantine_seen (topic_id, unseen, oldest_unseen_at, measured_at)
        VALUES ('topic', %d, %s, now() - interval '%d s')
        """
            .formatted(
                unseen,
                oldestMinutes == null
                    ? "NULL"
                    : "now() - interval '%d min'".formatted(oldestMinutes),
                measuredSeconds));
  }
}
