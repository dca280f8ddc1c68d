package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.statistic.Golden;
import org.smileadventure.common.statistic.SingleCase;
import org.smileadventure.localstack.RealServers;

@RealServers
class TreatmentTest {
  private static final Platform PLATFORM = new Platform();
  private static final LocalDate START = LocalDate.of(2026, 3, 2);

  @BeforeEach
  void forget() {
    PLATFORM.forgetEverything();
  }

  /** Every score from the start is above every one before it. */
  @Test
  void effectOfChildrenWhoAllDidBetterIsOneWithoutDoubt() {
    for (int i = 0; i < 10; i++) {
      var child = inTherapy("aba");
      for (int week = 1; week <= 40; week += 1) {
        session(child, START.minusDays(week), 50);
        session(child, START.plusDays(week), 60);
      }
    }
    night();
    assertThat(effect("ABA"))
        .containsEntry("children", 10L)
        .containsEntry("effect_mean", 1.0)
        .containsEntry("effect_sd", 0.0)
        .containsEntry("heterogeneity", 0.0)
        .as("nine or fewer did not improve, so nobody is told how many did")
        .containsEntry("improved_share", null);
  }

  @Test
  void effectsOfChildrenAreThoseComputedByHand() {
    var random = new Random(5);
    var cases = new HashMap<Long, SingleCase>();
    var taus = new HashMap<Long, Double>();
    for (int i = 0; i < 25; i++) {
      var child = inTherapy(i % 2 == 0 ? "speech therapy" : " Speech Therapy ");
      var scores = new ArrayList<Score>();
      for (int session = 0; session < 60; session++) {
        int day = random.nextInt(500) - 250;
        int score = random.nextInt(10) * 10;
        session(child, START.plusDays(day), score);
        scores.add(new Score(day, score));
      }
      var before = between(scores, -180, 0);
      var during = between(scores, 0, 180);
      var effect = SingleCase.of(days(before), values(before), days(during), values(during), true);
      cases.put(child, effect);
      if (!effect.baselineCorrected()) {
        taus.put(child, kendall(before, during));
      }
    }
    night();
    assertThat(effect("Speech Therapy")).containsEntry("children", 25L);
    var stored = new HashMap<Long, Double>();
    PLATFORM
        .jdbc()
        .sql("SELECT child_id, effect FROM child_treatment_effect WHERE effect IS NOT NULL")
        .query(
            row -> {
              stored.put(row.getLong("child_id"), row.getDouble("effect"));
            });
    assertThat(cases)
        .hasSize(25)
        .allSatisfy(
            (child, effect) ->
                assertThat(stored.get(child))
                    .isCloseTo(effect.correctedTau().value(), within(1e-9)));
    assertThat(taus)
        .as("of all but one, in whose sessions before the start there is a trend by chance")
        .hasSize(24)
        .allSatisfy((child, tau) -> assertThat(stored.get(child)).isCloseTo(tau, within(1e-9)));
  }

  /** Of a session, on a day counted from the therapy's start. */
  private record Score(int day, int value) {}

  /** Those from the one day to before the other, in order of time. */
  private static List<Score> between(List<Score> scores, int from, int to) {
    return scores.stream()
        .filter(score -> score.day >= from && score.day < to)
        .sorted(Comparator.comparingInt(Score::day))
        .toList();
  }

  private static double[] days(List<Score> scores) {
    return scores.stream().mapToDouble(Score::day).toArray();
  }

  private static double[] values(List<Score> scores) {
    return scores.stream().mapToDouble(Score::value).toArray();
  }

  /** Tau-b between phase and score, pair by pair. */
  private static double kendall(List<Score> before, List<Score> during) {
    var s = 0.0;
    for (var a : before) {
      for (var b : during) {
        s += Integer.signum(b.value - a.value);
      }
    }
    var all = new ArrayList<>(before);
    all.addAll(during);
    var untied = 0;
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        untied += all.get(i).value == all.get(j).value ? 0 : 1;
      }
    }
    return s / Math.sqrt((double) before.size() * during.size() * untied);
  }

  /** The golden values that R's metafor gave for these effects. */
  @Test
  void poolIsThatOfMetafor() {
    var pools =
        Golden.cases("random-effects.json")
            .filter(pool -> pool.get("effects").size() >= 10)
            .toList();
    assertThat(pools).hasSize(4);
    for (var pool : pools) {
      int k = pool.get("effects").size();
      PLATFORM.forgetEverything();
      for (int i = 0; i < k; i++) {
        measured(
            inTherapy("ABA"),
            pool.get("effects").get(i).asDouble(),
            pool.get("variances").get(i).asDouble(),
            i % 2 == 0);
      }
      PLATFORM.publish(Tabulation.TREATMENT, 10);
      var expected = pool.get("expected");
      var actual = effect("ABA");
      assertClose(actual, "effect_mean", expected.get("mean").asDouble());
      assertClose(actual, "effect_low", expected.get("low").asDouble());
      assertClose(actual, "effect_high", expected.get("high").asDouble());
      assertClose(actual, "new_child_low", expected.get("prediction_low").asDouble());
      assertClose(actual, "new_child_high", expected.get("prediction_high").asDouble());
      assertClose(actual, "effect_sd", Math.sqrt(expected.get("tau2").asDouble()));
      assertClose(actual, "heterogeneity", expected.get("i2").asDouble());
      assertThat(actual).containsEntry("improved_share", k < 20 ? null : 0.5);
    }
  }

  private static void assertClose(Map<String, @Nullable Object> actual, String name, double value) {
    assertThat((Double) actual.get(name)).as(name).isCloseTo(value, within(1e-7));
  }

  private static void measured(long child, double effect, double variance, boolean improved) {
    PLATFORM
        .jdbc()
        .sql(
            """
            INSERT INTO child_treatment_effect (child_id, therapy, started, effect, variance, improved)
            VALUES (:child, 'ABA', '2026-03-02', :effect, :variance, :improved)
            """)
        .param("child", child)
        .param("effect", effect)
        .param("variance", variance)
        .param("improved", improved)
        .update();
  }

  @Test
  void onlyChildrenOfWhomSomethingHasChangedAreComputedAgain() {
    var first = inTherapy("ABA");
    playsEnough(first);
    var second = inTherapy("ABA");
    inTherapy("ABA");
    assertThat(PLATFORM.computeEffects()).as("new").isEqualTo(3);
    PLATFORM.jdbc().sql("DELETE FROM dirty_child_windows").update();
    assertThat(PLATFORM.computeEffects()).as("nothing has changed").isZero();
    playsEnough(second);
    assertThat(PLATFORM.computeEffects()).as("another one has played").isEqualTo(1);
    assertThat(PLATFORM.count("SELECT count(effect) FROM child_treatment_effect")).isEqualTo(2);
    PLATFORM.jdbc().sql("DELETE FROM dirty_child_windows").update();
    therapies(first, "[{\"type\": \"ABA\", \"start_date\": \"2026-03-09\"}]");
    therapies(second, "[]");
    assertThat(PLATFORM.computeEffects()).as("other therapies").isEqualTo(2);
    assertThat(PLATFORM.count("SELECT count(*) FROM child_treatment_effect")).isEqualTo(2);
  }

  @Test
  void childrenWithTooLittleOnOneSideOrInSeveralTherapiesDoNotCount() {
    for (int i = 0; i < 10; i++) {
      playsEnough(inTherapy("ABA"));
    }
    var fewSessions = inTherapy("ABA");
    for (int week = 1; week <= 4; week++) {
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
    playsEnough(child("[{\"type\": 7, \"start_date\": \"2026-03-02\"}]"));
    playsEnough(child("[7]"));
    for (var start : List.of("J0", "today", "infinity", "0001-01-01", "9999-12-31")) {
      playsEnough(child("[{\"type\": \"ABA\", \"start_date\": \"%s\"}]".formatted(start)));
    }
    night();
    assertThat(effect("ABA")).containsEntry("children", 10L);
    assertThat(PLATFORM.count("SELECT count(*) FROM v_treated_child WHERE started <> '2026-03-02'"))
        .isZero();
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

  private static void night() {
    PLATFORM.computeEffects();
    PLATFORM.publish(Tabulation.TREATMENT, 10);
  }

  private static long inTherapy(String type) {
    return child("[{\"type\": \"%s\", \"start_date\": \"2026-03-02\"}]".formatted(type));
  }

  private static long child(String therapies) {
    var child = PLATFORM.child(7, 1);
    therapies(child, therapies);
    return child;
  }

  private static void therapies(long child, String therapies) {
    PLATFORM
        .jdbc()
        .sql("UPDATE children SET current_therapies = :therapies::jsonb WHERE id = :id")
        .param("therapies", therapies)
        .param("id", child)
        .update();
  }

  private static void playsEnough(long child) {
    for (int week = 1; week <= 5; week++) {
      session(child, START.minusWeeks(week), 50 + week % 2);
      session(child, START.plusWeeks(week), 50 + week * (int) (child % 7));
    }
  }

  private static void session(long child, LocalDate day, int score) {
    PLATFORM
        .jdbc()
        .sql("INSERT INTO dirty_child_windows (child_id) VALUES (?) ON CONFLICT DO NOTHING")
        .param(child)
        .update();
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
            SELECT children, effect_mean, effect_sd, effect_low, effect_high, new_child_low, new_child_high,
                   heterogeneity, improved_share
            FROM v_treatment_effect WHERE therapy_type = :therapy
            """)
        .param("therapy", therapy)
        .query()
        .singleRow();
  }
}
