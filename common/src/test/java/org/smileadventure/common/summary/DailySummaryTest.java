package org.smileadventure.common.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RealServers
class DailySummaryTest {
  private static final JdbcClient DB = JdbcClient.create(MigratedDatabase.newDataSource());
  private static final People PEOPLE = new People(DB);
  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);

  private record Day(LocalDate day, long sessions, long scoreSum, boolean live) {}

  private ChildId child = new ChildId(1);

  @BeforeEach
  void newChild() {
    child = PEOPLE.child(PEOPLE.parent(UUID.randomUUID() + "@example.org"), "UTC");
  }

  @Test
  void cleanDaysComeFromTheTable() {
    played(MONDAY, 10, 20);
    materialise();
    played(MONDAY, 40);
    assertThat(days()).containsExactly(new Day(MONDAY, 2, 30, false));
  }

  @Test
  void dirtyDaysComeFromTheDefinitionAndAreNotDoubled() {
    played(MONDAY, 10, 20);
    played(TUESDAY, 5);
    materialise();
    played(MONDAY, 40);
    markDirty(MONDAY);
    assertThat(days()).containsExactly(new Day(MONDAY, 3, 70, true), new Day(TUESDAY, 1, 5, false));
  }

  @Test
  void dirtyDayThatIsNotYetInTheTableIsThere() {
    played(MONDAY, 10);
    markDirty(MONDAY);
    assertThat(days()).containsExactly(new Day(MONDAY, 1, 10, true));
  }

  @Test
  void dirtyDayWithNoSessionsLeftYieldsNothing() {
    played(MONDAY, 10);
    played(TUESDAY, 20);
    materialise();
    DB.sql("DELETE FROM game_sessions WHERE child_id = ? AND day = ?")
        .params(child.value(), MONDAY)
        .update();
    markDirty(MONDAY);
    assertThat(days()).containsExactly(new Day(TUESDAY, 1, 20, false));
  }

  @Test
  void dirtyDayOfAnotherChildChangesNothing() {
    played(MONDAY, 10);
    materialise();
    var first = child;
    newChild();
    played(MONDAY, 99);
    markDirty(MONDAY);
    child = first;
    assertThat(days()).containsExactly(new Day(MONDAY, 1, 10, false));
  }

  @Test
  void momentsAreThoseOfCompletedSessions() {
    played(MONDAY, 10, 30);
    session(MONDAY.atTime(12, 0).toInstant(ZoneOffset.UTC), "abandoned", 1_000);
    markDirty(MONDAY);
    assertThat(
            DB
                .sql(
                    """
                    SELECT sessions, completed, abandoned, score_n, score_sum, score_sum_sq, score_min, score_max, duration_sum
                    FROM v_child_daily_current WHERE child_id = ?
                    """)
                .param(child.value())
                .query()
                .singleRow()
                .values()
                .stream()
                .map(String::valueOf))
        .containsExactly("3", "2", "1", "2", "40", "1000", "10", "30", "120");
  }

  @Test
  void dayOfASessionWithoutScoreHasNoLeastAndNoGreatest() {
    session(MONDAY.atTime(12, 0).toInstant(ZoneOffset.UTC), "completed", null);
    markDirty(MONDAY);
    assertThat(
            DB.sql("SELECT score_n, score_min FROM v_child_daily_current WHERE child_id = ?")
                .param(child.value())
                .query((row, _) -> tuple(row.getLong(1), row.getObject(2)))
                .single())
        .isEqualTo(tuple(0L, null));
  }

  @Test
  void readingADirtyDayCostsThatDayAndNeitherTheHistoryNorOtherDirtyDays() {
    var firstDay = LocalDate.parse("2020-01-01");
    DB.sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, ended_at, day,
              duration_seconds, active_seconds, completion_status, score)
            SELECT uuidv7(), :child, 'dental_visit', 'Brushing', at, at + interval '1 minute', at::date, 60, 60, 'completed', 50
            FROM generate_series(0, 19999) AS i, LATERAL (SELECT timestamp '2020-01-01' + i / 10 * interval '1 day') AS t (at)
            """)
        .param("child", child.value())
        .update();
    materialise();
    markDirty(firstDay.plusDays(1_500));
    markDirty(firstDay.plusDays(10)); // which nobody asks for below
    Stream.of("game_sessions", "child_daily_summary", "dirty_child_days")
        .forEach(table -> DB.sql("ANALYZE " + table).update());

    var reads = nodes(explain(firstDay.plusDays(1_400), firstDay.plusDays(1_765)));

    assertThat(reads)
        .filteredOn(node -> node.path("Relation Name").asString("").equals("game_sessions"))
        .singleElement()
        .satisfies(
            node -> {
              assertThat(indexOf(node)).isEqualTo("idx_game_sessions_child_day");
              assertThat(rows(node)).isEqualTo(10);
            });
    assertThat(reads)
        .filteredOn(node -> node.path("Relation Name").asString("").equals("child_daily_summary"))
        .singleElement()
        .satisfies(node -> assertThat(rows(node)).isLessThanOrEqualTo(366));
  }

  @Test
  void newTimeZoneMovesSessionsAcrossMidnightAndMarksBothDays() {
    session(Instant.parse("2026-03-02T23:30:00Z"), "completed", 1);
    session(Instant.parse("2026-03-02T12:00:00Z"), "completed", 2);

    moveTo("Europe/Rome");

    assertThat(sessionDays()).containsExactly(Map.entry(1, TUESDAY), Map.entry(2, MONDAY));
    assertThat(dirtyDays()).containsExactly(MONDAY, TUESDAY);
    assertThat(days()).containsExactly(new Day(MONDAY, 1, 2, true), new Day(TUESDAY, 1, 1, true));
  }

  @Test
  void dayThatWasDirtyAlreadyGetsANewVersion() {
    session(Instant.parse("2026-03-02T23:30:00Z"), "completed", 1);
    markDirty(MONDAY);
    var before = version(MONDAY);
    moveTo("Europe/Rome");
    assertThat(version(MONDAY)).isGreaterThan(before);
  }

  @Test
  void timeZoneThatMovesNoDayStillMovesItsHours() {
    session(Instant.parse("2026-03-02T12:00:00Z"), "completed", 1);
    moveTo("Europe/Rome");
    moveTo("Europe/Rome");
    assertThat(dirtyDays()).containsExactly(MONDAY);
  }

  @Test
  void newTimeZoneMovesNoOtherChild() {
    session(Instant.parse("2026-03-02T23:30:00Z"), "completed", 1);
    var first = child;
    newChild();
    moveTo("Europe/Rome");
    child = first;
    assertThat(sessionDays()).containsExactly(Map.entry(1, MONDAY));
  }

  @Test
  void onlyRowsThatDifferAreWrittenAndStayOnTheirPages() {
    played(MONDAY, 10, 20);
    played(TUESDAY, 5);
    summarise();
    var monday = written(MONDAY);
    var tuesday = written(TUESDAY);
    var pages = pages(TUESDAY);
    played(TUESDAY, 7);
    summarise();
    assertThat(written(MONDAY)).isEqualTo(monday);
    assertThat(written(TUESDAY)).doesNotContainAnyElementsOf(tuesday);
    assertThat(pages(TUESDAY)).isEqualTo(pages);
    assertThat(days())
        .containsExactly(new Day(MONDAY, 2, 30, false), new Day(TUESDAY, 2, 12, false));
  }

  @Test
  void rowsOfWhatIsNoLongerThereGoAndTheOthersStay() {
    played(MONDAY, 10, 20);
    summarise();
    var whole = written(MONDAY);
    DB.sql(
            """
            UPDATE game_sessions SET session_type = 'daily_routine', day = :tuesday
            WHERE child_id = :child AND score = 20
            """)
        .param("child", child.value())
        .param("tuesday", TUESDAY)
        .update();
    summarise();
    assertThat(types()).containsExactly("2026-03-02 dental_visit", "2026-03-03 daily_routine");
    DB.sql("UPDATE game_sessions SET session_type = 'daily_routine' WHERE child_id = ?")
        .param(child.value())
        .update();
    summarise();
    assertThat(types()).containsExactly("2026-03-02 daily_routine", "2026-03-03 daily_routine");
    assertThat(written(MONDAY)).doesNotContainAnyElementsOf(whole);
    DB.sql("DELETE FROM game_sessions WHERE child_id = ?").param(child.value()).update();
    summarise();
    assertThat(types()).isEmpty();
    assertThat(days()).isEmpty();
  }

  @Test
  void totalIsWhatAllDaysAddUpToWhicheverOfThemChange() {
    played(MONDAY, 10, 20);
    played(TUESDAY, 5);
    summarise();
    assertThat(total()).isEqualTo("3 35");
    played(TUESDAY, 7);
    summarise(TUESDAY);
    assertThat(total()).isEqualTo("4 42");
    summarise(TUESDAY);
    assertThat(total()).isEqualTo("4 42");
    DB.sql("DELETE FROM game_sessions WHERE child_id = ? AND day = ?")
        .params(child.value(), MONDAY)
        .update();
    summarise(MONDAY);
    assertThat(total()).isEqualTo("2 12");
    DB.sql("UPDATE child_daily_summary SET score_sum = 100 WHERE child_id = ?")
        .param(child.value())
        .update();
    assertThat(totalDiffers()).isTrue();
    summarise();
    DB.sql("SELECT total_children(ARRAY[?])").param(child.value()).query(_ -> {});
    assertThat(total()).isEqualTo("2 12");
    assertThat(totalDiffers()).isFalse();
  }

  /** Of completed sessions: how many there are, and the sum of scores. */
  private String total() {
    return DB.sql("SELECT completed || ' ' || score_sum FROM child_total WHERE child_id = ?")
        .param(child.value())
        .query(String.class)
        .single();
  }

  private boolean totalDiffers() {
    return DB.sql("SELECT count(*) > 0 FROM total_differences(:child, :child, 10)")
        .param("child", child.value())
        .query(Boolean.class)
        .single();
  }

  private void summarise(LocalDate day) {
    DB.sql("SELECT materialise_child_days(ARRAY[?], ARRAY[?]::date[], ARRAY[?]::date[])")
        .params(child.value(), day, day)
        .query(_ -> {});
  }

  /** Which version of a day's rows is there, and where. */
  private List<String> written(LocalDate day) {
    return ofRows(day, "ctid || ' ' || xmin");
  }

  private List<String> pages(LocalDate day) {
    return ofRows(day, "split_part(ctid::text, ',', 1)");
  }

  private List<String> ofRows(LocalDate day, String what) {
    return DB.sql(
            """
            SELECT 'day ' || %1$s FROM child_daily_summary WHERE child_id = :child AND day = :day
            UNION ALL
            SELECT 'type ' || %1$s FROM child_type_summary WHERE child_id = :child AND day = :day
            """
                .formatted(what))
        .param("child", child.value())
        .param("day", day)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<String> types() {
    return DB.sql(
            "SELECT day || ' ' || session_type FROM child_type_summary WHERE child_id = ? ORDER BY 1")
        .param(child.value())
        .query((row, _) -> row.getString(1))
        .list();
  }

  /** As the job does, all days of the child. */
  private void summarise() {
    DB.sql(
            "SELECT materialise_child_days(ARRAY[?], ARRAY['-infinity']::date[], ARRAY['infinity']::date[])")
        .param(child.value())
        .query(_ -> {});
  }

  private void played(LocalDate day, int... scores) {
    for (var score : scores) {
      session(day.atTime(12, 0).toInstant(ZoneOffset.UTC), "completed", score);
    }
  }

  private void session(Instant start, String status, @Nullable Integer score) {
    DB.sql(
            """
            INSERT INTO game_sessions (id, child_id, session_type, scenario_name, started_at, ended_at, day,
              duration_seconds, active_seconds, completion_status, score)
            SELECT uuidv7(), c.id, 'dental_visit', 'Brushing', start, start + interval '1 minute',
              (start AT TIME ZONE c.timezone)::date, 60, 60, :status, :score
            FROM children c, CAST(:start AS timestamptz) AS start WHERE c.id = :child
            """)
        .param("child", child.value())
        .param("start", start.toString())
        .param("status", status)
        .param("score", score)
        .update();
  }

  /** What the job does for all days of the child, dirty or not. */
  private void materialise() {
    DB.sql("INSERT INTO child_daily_summary SELECT * FROM v_child_daily WHERE child_id = ?")
        .param(child.value())
        .update();
  }

  private void markDirty(LocalDate day) {
    DB.sql("INSERT INTO dirty_child_days (child_id, day) VALUES (?, ?)")
        .params(child.value(), day)
        .update();
  }

  private void moveTo(String zone) {
    DB.sql("UPDATE children SET timezone = ? WHERE id = ?").params(zone, child.value()).update();
  }

  private List<@Nullable Day> days() {
    return DB.sql(
            "SELECT day, sessions, score_sum, live FROM v_child_daily_current WHERE child_id = ? ORDER BY day")
        .param(child.value())
        .query(Day.class)
        .list();
  }

  private List<Map.Entry<Integer, LocalDate>> sessionDays() {
    return DB.sql("SELECT score, day FROM game_sessions WHERE child_id = ? ORDER BY score")
        .param(child.value())
        .query((row, _) -> Map.entry(row.getInt(1), row.getObject(2, LocalDate.class)))
        .list();
  }

  private List<@Nullable LocalDate> dirtyDays() {
    return DB.sql("SELECT day FROM dirty_child_days WHERE child_id = ? ORDER BY day")
        .param(child.value())
        .query(LocalDate.class)
        .list();
  }

  private long version(LocalDate day) {
    return DB.sql("SELECT version FROM dirty_child_days WHERE child_id = ? AND day = ?")
        .params(child.value(), day)
        .query(Long.class)
        .single();
  }

  private JsonNode explain(LocalDate first, LocalDate last) {
    var plan =
        DB.sql(
                """
                EXPLAIN (ANALYZE, FORMAT JSON)
                SELECT * FROM v_child_daily_current WHERE child_id = ? AND day BETWEEN ? AND ?
                """)
            .params(child.value(), first, last)
            .query(String.class)
            .single();
    return JsonMapper.shared().readTree(plan).get(0).get("Plan");
  }

  private static List<JsonNode> nodes(JsonNode plan) {
    return Stream.concat(
            Stream.of(plan),
            plan.path("Plans").valueStream().flatMap(child -> nodes(child).stream()))
        .toList();
  }

  /** All that the node read, also what it then threw away. */
  private static double rows(JsonNode node) {
    return node.get("Actual Loops").asDouble()
        * (node.get("Actual Rows").asDouble()
            + node.path("Rows Removed by Filter").asDouble(0)
            + node.path("Rows Removed by Index Recheck").asDouble(0));
  }

  /** Of an index scan itself, or of the bitmap below it. */
  private static String indexOf(JsonNode scan) {
    return nodes(scan).stream()
        .map(node -> node.path("Index Name").asString(""))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("no index");
  }
}
