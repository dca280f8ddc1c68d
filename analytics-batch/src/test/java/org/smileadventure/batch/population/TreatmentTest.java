package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.localstack.RealServers;

@RealServers
class TreatmentTest {
  private static final Platform PLATFORM = new Platform();
  private static final LocalDate START = LocalDate.of(2026, 3, 2);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  /** Up by one point a week before, by three after: two points a week were gained. */
  @Test
  void effectIsTheSlopeAfterLessTheSlopeBefore() {
    for (int i = 0; i < 10; i++) {
      var child = inTherapy("aba");
      for (int week = 1; week <= 4; week++) {
        session(child, START.minusWeeks(week), 50 - week);
        session(child, START.plusWeeks(week), 50 + 3 * week);
      }
    }
    night();
    assertThat(effect("ABA"))
        .containsEntry("children", 10L)
        .containsEntry("effect_mean", 2.0)
        .containsEntry("effect_sd", 0.0)
        .containsEntry("effect_low", 2.0)
        .containsEntry("effect_high", 2.0);
  }

  @Test
  void effectsAreThoseComputedByHand() {
    var random = new Random(5);
    var effects = new ArrayList<Double>();
    for (int i = 0; i < 25; i++) {
      var child = inTherapy(i % 2 == 0 ? "speech therapy" : " Speech Therapy ");
      var before = new ArrayList<double[]>();
      var after = new ArrayList<double[]>();
      for (int session = 0; session < 60; session++) {
        int day = random.nextInt(500) - 250;
        int score = random.nextInt(100);
        session(child, START.plusDays(day), score);
        if (day >= -180 && day < 0) {
          before.add(new double[] {day / 7.0, score});
        } else if (day >= 0 && day < 180) {
          after.add(new double[] {day / 7.0, score});
        }
      }
      effects.add(slope(after) - slope(before));
    }
    night();
    double n = effects.size();
    double mean = effects.stream().mapToDouble(Double::doubleValue).sum() / n;
    double sd =
        Math.sqrt(effects.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum() / (n - 1));
    double half = TDistribution.of(n - 1).inverseCumulativeProbability(0.975) * sd / Math.sqrt(n);
    var effect = effect("Speech Therapy");
    assertThat(effect).containsEntry("children", 25L);
    assertThat((Double) effect.get("effect_mean")).isCloseTo(mean, within(1e-9));
    assertThat((Double) effect.get("effect_sd")).isCloseTo(sd, within(1e-9));
    assertThat((Double) effect.get("effect_low")).isCloseTo(mean - half, within(1e-9));
    assertThat((Double) effect.get("effect_high")).isCloseTo(mean + half, within(1e-9));
  }

  @Test
  void childrenWithTooLittleOnOneSideOrInSeveralTherapiesDoNotCount() {
    for (int i = 0; i < 10; i++) {
      playsEnough(inTherapy("ABA"));
    }
    var fewSessions = inTherapy("ABA");
    for (int week = 1; week <= 3; week++) {
      session(fewSessions, START.minusWeeks(week), 50);
      session(fewSessions, START.plusWeeks(week), 50);
    }
    var fewDays = inTherapy("ABA");
    for (int session = 0; session < 8; session++) {
      session(fewDays, START.minusDays(1L + session % 2), 50);
      session(fewDays, START.plusDays(session), 50);
    }
    playsEnough(
        child("[{\"type\": \"ABA\", \"start_date\": \"2026-03-02\"}, {\"type\": \"Music\"}]"));
    playsEnough(child("[{\"type\": \"ABA\", \"start_date\": \"2026-02-30\"}]"));
    playsEnough(child("[{\"type\": \"ABA\"}]"));
    playsEnough(child("[{\"type\": \"\", \"start_date\": \"2026-03-02\"}]"));
    playsEnough(child("[7]"));
    night();
    assertThat(effect("ABA")).containsEntry("children", 10L);
  }

  @Test
  void therapyOfNineIsNotNamed() {
    for (int i = 0; i < 9; i++) {
      playsEnough(inTherapy("Dolphins"));
    }
    night();
    assertThat(PLATFORM.count("SELECT count(*) FROM population_cell")).isZero();
  }

  @Test
  void effectStaysUntilTenChildrenAddToIt() {
    var children = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      var child = inTherapy("ABA");
      playsEnough(child);
      children.add(child);
    }
    night();
    var first = effect("ABA");
    for (int i = 0; i < 9; i++) {
      session(children.get(i), START.plusDays(3), 90 + i);
    }
    night();
    assertThat(effect("ABA")).isEqualTo(first);
    session(children.get(9), START.plusDays(3), 99);
    night();
    assertThat((Double) effect("ABA").get("effect_mean")).isNotEqualTo(first.get("effect_mean"));
  }

  private static double slope(List<double[]> points) {
    double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    return points.stream().mapToDouble(point -> (point[0] - x) * (point[1] - y)).sum()
        / points.stream().mapToDouble(point -> (point[0] - x) * (point[0] - x)).sum();
  }

  private static void night() {
    PLATFORM.publish(Tabulation.TREATMENT, 10);
  }

  private static long inTherapy(String type) {
    return child("[{\"type\": \"%s\", \"start_date\": \"2026-03-02\"}]".formatted(type));
  }

  private static long child(String therapies) {
    var child = PLATFORM.child(7, 1);
    PLATFORM
        .jdbc()
        .sql("UPDATE children SET current_therapies = :therapies::jsonb WHERE id = :id")
        .param("therapies", therapies)
        .param("id", child)
        .update();
    return child;
  }

  private static void playsEnough(long child) {
    for (int week = 1; week <= 4; week++) {
      session(child, START.minusWeeks(week), 50);
      session(child, START.plusWeeks(week), 50 + week * (int) (child % 7));
    }
  }

  private static void session(long child, LocalDate day, int score) {
    PLATFORM
        .jdbc()
        .sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_name, started_at, ended_at, day, duration_seconds,
              active_seconds, score, interactions_count, completion_status)
            VALUES (gen_random_uuid(), :child, 'dental_visit', 'Brushing', :day::timestamptz, :day::timestamptz,
              :day::date, 0, 0, :score, 50, 'completed')
            """)
        .param("child", child)
        .param("day", day.toString())
        .param("score", score)
        .update();
  }

  private static Map<String, @Nullable Object> effect(String therapy) {
    return PLATFORM
        .jdbc()
        .sql(
            """
            SELECT children, effect_mean, effect_sd, effect_low, effect_high
            FROM v_treatment_effect WHERE therapy_type = :therapy
            """)
        .param("therapy", therapy)
        .query()
        .singleRow();
  }
}
