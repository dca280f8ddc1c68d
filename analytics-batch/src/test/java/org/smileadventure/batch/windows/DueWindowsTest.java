package org.smileadventure.batch.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.MigratedDatabase;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.metric.WindowFigures;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.smileadventure.localstack.RealServers;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of random histories, on each of many days: a window is due when its figures change, not later.
 */
@RealServers
class DueWindowsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 120;
  private static final int CHILDREN = Integer.getInteger("smile.histories", 12);
  private static final List<Window> WINDOWS = List.of(Window.WEEK, Window.MONTH, Window.ALL);
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DataSource dataSource = MigratedDatabase.newDataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private final long seed = Long.getLong("smile.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  private record Key(ChildId child, Window window, LocalDate last) {}

  @Test
  void untilAWindowIsDueItsFiguresStayAsTheyAre() {
    var children = new ArrayList<ChildId>();
    MigratedDatabase.inOneTransaction(dataSource, () -> children.addAll(histories()));
    var windows = windows(children);
    var late = new ArrayList<String>();
    for (var child : children) {
      for (var window : WINDOWS) {
        for (int i = 0; i < DAYS - 1; i++) {
          var last = FIRST.plusDays(i);
          var stored = windows.get(new Key(child, window, last));
          var next = windows.get(new Key(child, window, last.plusDays(1)));
          assertThat(stored).isNotNull();
          assertThat(next).isNotNull();
          var due = stored.dueOn();
          var changed = !figures(stored).equals(figures(next));
          assertThat(due == null || due.isAfter(last)).isTrue();
          if (changed && (due == null || due.isAfter(next.days().last()))) {
            late.add(
                "%s of child %s up to %s is due on %s, but differs a day later: %s, %s"
                    .formatted(
                        window.wireName(), child, last, due, figures(stored), figures(next)));
          }
          // What is not due is not computed again; so its day has to be the same as seen later.
          if (due != null && due.isAfter(next.days().last())) {
            assertThat(next.dueOn()).isEqualTo(due);
          }
        }
      }
    }
    assertThat(late).as("seed %d", seed).isEmpty();
  }

  private static String figures(ChildWindow window) {
    return JSON.writeValueAsString(
        WindowFigures.of(window.moments(), window.days().first(), window.days().last()));
  }

  private Map<Key, ChildWindow> windows(List<ChildId> children) {
    var asked = new LinkedHashMap<DayRange, Window>();
    for (var child : children) {
      for (var window : WINDOWS) {
        for (int i = 0; i < DAYS; i++) {
          var last = FIRST.plusDays(i);
          asked.put(new DayRange(child, window.firstDay(last), last), window);
        }
      }
    }
    var windows = new HashMap<Key, ChildWindow>();
    for (var window : ChildWindow.read(new WindowReader(jdbc), asked)) {
      windows.put(new Key(window.days().child(), window.window(), window.days().last()), window);
    }
    return windows;
  }

  /** Each child plays in phases of its own, in between nothing for long. No month is summarised. */
  private List<ChildId> histories() {
    var people = new People(jdbc);
    var parent = people.parent("parent@example.org");
    var children = new ArrayList<ChildId>();
    for (int i = 0; i < CHILDREN; i++) {
      var child = people.child(parent, "UTC");
      children.add(child);
      var eagerness = random.nextDouble();
      for (int day = 0; day < DAYS; day++) {
        if (random.nextInt(15) == 0) {
          eagerness = random.nextInt(3) == 0 ? random.nextDouble() : 0.02;
        }
        if (random.nextDouble() < eagerness) {
          play(child, FIRST.plusDays(day));
        }
      }
    }
    return children;
  }

  private void play(ChildId child, LocalDate day) {
    if (random.nextInt(4) == 0) {
      jdbc.sql(
              """
              INSERT INTO activities (session_id, seq, child_id, activity_type, activity_name, completed_at, day)
              VALUES (gen_random_uuid(), 1, :child, 'exercise', 'Walking', :day + interval '9 h', :day)
              """)
          .param("child", child.value())
          .param("day", day)
          .update();
      return;
    }
    for (int session = 0; session <= random.nextInt(3); session++) {
      jdbc.sql(
              """
              INSERT INTO game_sessions (
                id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
                active_seconds, score, engagement_score, success_rate, interactions_count, distress_seconds,
                exit_reason, completion_status, session_data_quality)
              SELECT :id, :child, 'dental_visit', 'Brushing', :day + :hour * interval '1 h',
                :day + :hour * interval '1 h' + interval '10 min', :day, 600, 540, :score, :score / 2.0,
                :score / 3.0, 50, :score, :exit, :status, 'complete'
              """)
          .param("id", IDS.generate())
          .param("child", child.value())
          .param("day", day)
          .param("hour", random.nextInt(24))
          .param("score", random.nextInt(101))
          .param("exit", random.nextInt(5) == 0 ? "overwhelmed" : "normal_completion")
          .param("status", random.nextInt(4) == 0 ? "abandoned" : "completed")
          .update();
    }
  }
}
