package org.smileadventure.query.mastery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;

/** How far a child has got, and what to play next. */
@RealServers
class MasteryTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 20);
  private static final String ORACLE = SqlFile.read(MasteryTest.class, "oracle.sql");
  private static final List<String> RULES =
      List.of("too_early", "reach_mastery", "refresh", "with_care", "something_new");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private static long sessions;

  private final Family family = SERVICE.family("Europe/Rome");

  @BeforeEach
  void itIsNoon() {
    SERVICE.clock().set(NOON);
    SERVICE.db().sql("DELETE FROM mastery_parameters").update();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void probabilityAndSuggestionAreThoseOfTheDatabase(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      var child = SERVICE.family("Europe/Rome");
      var scenarios = 1 + random.nextInt(5);
      for (int scenario = 0; scenario < scenarios; scenario++) {
        var ability = random.nextInt(12);
        var upset = random.nextInt(3);
        for (int n = random.nextInt(40); n > 0; n--) {
          played(
              child,
              "scenario-" + scenario,
              1 + random.nextInt(random.nextBoolean() ? 300 : 20),
              random.nextInt(12) < ability ? 80 + random.nextInt(20) : random.nextInt(80),
              random.nextInt(6) == 0 ? null : random.nextInt(3) < upset ? 40 : random.nextInt(10));
        }
      }
      if (i == 0) {
        fitted("scenario-0", 0.45, 0.3, 0.05, 0.25);
      }
      assertServed(child);
    }
  }

  private static void assertServed(Family child) {
    var served = mastery(child, "en");
    var expected =
        SERVICE
            .db()
            .sql(ORACLE)
            .param("child", child.child().value())
            .param("today", TODAY.toString())
            .query()
            .listOfRows();
    assertThat(served.path("scenarios")).hasSameSizeAs(expected);
    var rule = expected.isEmpty() ? null : expected.getFirst().get("next_rule");
    assertThat(served.path("next").path("rule").asString())
        .isEqualTo(RULES.get(rule == null ? 0 : ((Number) rule).intValue()));
    assertThat(served.path("next").path("scenario").asStringOpt().orElse(null))
        .isEqualTo(expected.isEmpty() ? null : expected.getFirst().get("next_scenario"));
    for (var row : expected) {
      assertScenario(scenario(served, row.get("scenario")), row);
    }
  }

  private static void assertScenario(JsonNode scenario, Map<String, @Nullable Object> expected) {
    var n = (Long) expected.get("n");
    assertThat(scenario.path("attempts").longValue()).isEqualTo(n);
    assertThat(scenario.path("last_day").asString())
        .isEqualTo(String.valueOf(expected.get("last_day")));
    var mastery = (Long) expected.get("attempts_to_mastery");
    assertThat(scenario.path("attempts_to_mastery").isNull()).isEqualTo(mastery == null);
    assertThat(scenario.path("attempts_to_mastery").asLong(0))
        .isEqualTo(mastery == null ? 0 : mastery);
    assertThat(scenario.path("calm").path("calm").longValue()).isEqualTo(expected.get("calm"));
    assertThat(scenario.path("calm").path("of").longValue()).isEqualTo(expected.get("calm_of"));
    if (n != null && n < 3) {
      assertThat(scenario.path("probability").isNull()).isTrue();
      assertThat(scenario.path("stage").asString()).isEqualTo("too_early");
      assertThat(scenario.path("n_needed").intValue()).isEqualTo(3);
      assertThat(scenario.path("course")).isEmpty();
    } else {
      var probability = scenario.path("probability").doubleValue();
      assertThat(probability).isCloseTo((Double) expected.get("p"), within(1e-9));
      assertThat(scenario.path("stage").asString())
          .isEqualTo(probability >= 0.95 ? "mastered" : probability >= 0.7 ? "nearly" : "learning");
      var course = scenario.path("course");
      assertThat(course).hasSize((int) Math.min(30, n == null ? 0 : n));
      var last = course.get(course.size() - 1);
      assertThat(last.path("probability").doubleValue()).isEqualTo(probability);
      assertThat(last.path("attempt").longValue()).isEqualTo(n);
    }
  }

  private static JsonNode scenario(JsonNode served, @Nullable Object name) {
    return served
        .path("scenarios")
        .valueStream()
        .filter(scenario -> scenario.path("scenario").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nearestCalmScenarioIsSuggestedInBothLanguages() {
    play("waiting_room", 20, 90, 0, 4);
    play("brushing", 3, 90, 0, 2);
    play("brushing", 2, 50, 0, 1);
    play("drill", 1, 90, 60, 3);

    var english = mastery(family, "en");
    assertThat(english.path("next").path("rule").asString()).isEqualTo("reach_mastery");
    assertThat(english.path("next").path("scenario").asString()).isEqualTo("brushing");
    assertThat(english.path("next").path("sentence").asString())
        .isEqualTo("Play “brushing” next. Sam is on the way.");
    assertThat(texts(english.path("next").path("why")))
        .containsExactly(
            "After 3 attempts, it is 68 % likely that Sam knows it.",
            "Calm attempts among the last 3: 3.", "It was last played 2 days ago.");
    assertThat(scenario(english, "waiting_room").path("sentence").asString())
        .isEqualTo("Sam knows this one. That is 99 % likely.");
    assertThat(scenario(english, "waiting_room").path("parameters").path("from").asString())
        .isEqualTo("usual");
    assertThat(mastery(family, "it").path("next").path("sentence").asString())
        .isEqualTo("Ora gioca a “brushing”. Sam sta imparando.");
  }

  @Test
  void whatIsKnownIsSuggestedAgainAfterTwoWeeksAndSomethingNewBefore() {
    play("waiting_room", 13, 90, 0, 5);
    assertThat(mastery(family, "en").path("next").path("sentence").asString())
        .isEqualTo("Try something new. Sam knows what was played lately.");

    SERVICE.clock().set(NOON.plus(1, ChronoUnit.DAYS));
    SERVICE.invalidate(family.child());
    var next = mastery(family, "en").path("next");
    assertThat(next.path("rule").asString()).isEqualTo("refresh");
    assertThat(texts(next.path("why"))).contains("It was last played 14 days ago.");
  }

  @Test
  void whatUpsetsIsSuggestedOnlyWithCare() {
    play("drill", 2, 50, 60, 5);
    var next = mastery(family, "en").path("next");
    assertThat(next.path("rule").asString()).isEqualTo("with_care");
    assertThat(next.path("sentence").asString())
        .isEqualTo("Play “drill” next, with somebody there. Sam often gets upset in it.");
    assertThat(texts(next.path("why"))).contains("Calm attempts among the last 5: 0.");
  }

  @Test
  void twoAttemptsAreTooFewAndItIsSaidHowManyAreNeeded() {
    assertThat(texts(mastery(family, "en").path("next").path("why")))
        .containsExactly("3 more attempts at one scenario are needed.");
    play("drill", 2, 90, 0, 2);
    SERVICE.invalidate(family.child());

    var served = mastery(family, "en");
    assertThat(served.path("next").path("rule").asString()).isEqualTo("too_early");
    assertThat(texts(served.path("next").path("why")))
        .containsExactly("One more attempt at one scenario is needed.");
    assertThat(scenario(served, "drill").path("sentence").asString())
        .isEqualTo("It is too early to tell. One more attempt is needed.");
  }

  @Test
  void whatWasLeftBehindIsNotSuggested() {
    play("old", 190, 50, 0, 6);
    play("new", 1, 50, 0, 3);
    assertThat(mastery(family, "en").path("next").path("scenario").asString()).isEqualTo("new");
  }

  @Test
  void fittedParametersAreTakenAndTold() {
    fitted("drill", 0.5, 0.3, 0.1, 0.2);
    play("drill", 1, 90, 0, 3);
    var parameters = scenario(mastery(family, "en"), "drill").path("parameters");
    assertThat(parameters.path("from").asString()).isEqualTo("fitted");
    assertThat(parameters.path("slip").doubleValue()).isEqualTo(0.2);
  }

  /** So many attempts, of which the last one was so many days ago; a day before it, and so on. */
  private void play(String scenario, int lastAgo, int success, int distress, int attempts) {
    for (int i = attempts - 1; i >= 0; i--) {
      played(family, scenario, lastAgo + i, success, distress);
    }
  }

  private static void played(
      Family family, String scenario, int daysAgo, int success, @Nullable Integer distress) {
    // No two begin at once.
    sessions++;
    var start = NOON.minus(Duration.ofDays(daysAgo)).minusSeconds(sessions);
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, scenario_id, started_at, ended_at, day, duration_seconds, active_seconds,
              completion_status, success_rate, distress_seconds)
            VALUES (uuidv7(), :child, 'dental_visit', :scenario, :start::timestamptz, :start::timestamptz,
              (:start::timestamptz AT TIME ZONE 'Europe/Rome')::date, 0, 0, 'completed', :success, :distress)
            """)
        .param("child", family.child().value())
        .param("scenario", scenario)
        .param("start", start.toString())
        .param("success", success)
        .param("distress", distress)
        .update();
    SERVICE
        .db()
        .sql(
            """
            SELECT mark_months(
              ARRAY[:child::bigint], ARRAY[(:start::timestamptz AT TIME ZONE 'Europe/Rome')::date])
            """)
        .param("child", family.child().value())
        .param("start", start.toString())
        .query(_ -> {});
  }

  private static void fitted(
      String scenario, double known, double learn, double guess, double slip) {
    SERVICE
        .db()
        .sql("INSERT INTO mastery_parameters VALUES (?, ?, ?, ?, ?, now())")
        .params(scenario, known, learn, guess, slip)
        .update();
  }

  private static JsonNode mastery(Family family, String language) {
    return SERVICE
        .get(
            "/api/v1/children/" + family.child() + "/mastery",
            family.token(),
            "Accept-Language",
            language)
        .ok();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
