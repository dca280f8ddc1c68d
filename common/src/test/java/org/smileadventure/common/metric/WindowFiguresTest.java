package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.fixture.JsonLeaves;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.fixture.WindowOracle;
import org.smileadventure.common.store.ChildMonth;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every figure of every window against the oracle, which works from the events alone. A part of the
 * months is summarised, as a job on its way would leave it, the rest is dirty.
 */
@RealServers
class WindowFiguresTest {
  private static final int SEEDS = Integer.getInteger("smile.seeds", 150);

  /** One connection, so that what takes long to plan is planned once. */
  private static final JdbcClient DB =
      JdbcClient.create(new SingleConnectionDataSource(MigratedDatabase.newUrl(), true));

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFigureIsThatOfTheOracle(long seed) {
    var random = new Random(seed);
    var people = new People(DB);
    var zone = RandomHistory.anyZone(random);
    var child = people.child(people.parent(UUID.randomUUID() + "@example.org"), zone.getId());
    var history = RandomHistory.of(child, zone, random);
    StoredHistory.store(DB, history.events());
    history.verified().forEach(WindowFiguresTest::verify);
    summariseSome(child, random);

    for (var window : history.windows()) {
      var expected =
          WindowOracle.figures(child, zone, window, history.events(), history.verified());
      var actual = document(child, window.name(), window.from(), window.to(), zone.getId());
      assertThat(actual.keySet()).as(window.toString()).isEqualTo(expected.keySet());
      expected.forEach(
          (path, value) -> {
            if (value instanceof Double number) {
              assertThat((Double) actual.get(path))
                  .as("%s of %s", path, window)
                  .isCloseTo(number, within(tolerance(path, number)));
            } else {
              assertThat(actual.get(path)).as("%s of %s", path, window).isEqualTo(value);
            }
          });
    }
  }

  /** The quantiles of a beta distribution are searched for, to nine decimals of a whole. */
  private static double tolerance(String path, double number) {
    return path.startsWith("triggers.items") && path.contains("interval")
        ? 1e-6
        : 1e-9 * Math.max(Math.abs(number), 1e-3);
  }

  private record Frame(String name, @Nullable LocalDate from, LocalDate to, String timeZone) {}

  private record Answer(long childId, Frame window, @JsonUnwrapped WindowFigures figures) {}

  private static SortedMap<String, Object> document(
      ChildId child, String name, @Nullable LocalDate from, LocalDate to, String zone) {
    var days = new DayRange(child, from, to);
    var moments = Objects.requireNonNull(new WindowReader(DB).read(List.of(days)).get(days));
    var answer =
        new Answer(
            child.value(), new Frame(name, from, to, zone), WindowFigures.of(moments, from, to));
    return JsonLeaves.of(JSON.valueToTree(answer));
  }

  private static void verify(SessionEvent activity) {
    DB.sql(
            "UPDATE activities SET verified_by_parent = true WHERE session_id = :session AND seq ="
                + " :seq")
        .param("session", activity.sessionId().value())
        .param("seq", activity.sequence())
        .update();
  }

  private static void summariseSome(ChildId child, Random random) {
    var months =
        DB.sql("SELECT month FROM dirty_child_months WHERE child_id = :child ORDER BY month")
            .param("child", child.value())
            .query((row, _) -> ChildMonth.of(child, row.getObject("month", LocalDate.class)))
            .list();
    months.removeIf(_ -> random.nextInt(4) == 0);
    new MonthSummaries(DB).fold(months.stream().map(ChildMonth::days).toList());
    for (var month : months) {
      DB.sql("DELETE FROM dirty_child_months WHERE child_id = :child AND month = :month")
          .param("child", child.value())
          .param("month", month.month().atDay(1))
          .update();
    }
  }
}
