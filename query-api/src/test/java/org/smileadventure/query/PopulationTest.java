package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** Answers about all children are sums of published cells; how those come about is the batch's. */
@RealServers
class PopulationTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  private final String professional = Tokens.TRUSTED.of(SERVICE.professional(), "professional");

  @BeforeEach
  void publish() {
    SERVICE.db().sql("TRUNCATE population_cell").update();
    cell("7-12/1/playing", 20, 1200, 80_000);
    cell("7-12/2/playing", 10, 500, 26_000);
    // Children of two age bands who are told of together only.
    cell("4-6/1/playing,13-18/1/playing", 12, 600, 31_000);
  }

  private static void cell(String leaves, long children, double sum, double sumOfSquares) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (
              topic, leaves, published_at, members_since, children, sessions, completed, abandoned, interrupted,
              score_sum, score_sum_sq, engagement_sum, engagement_sum_sq, success_sum, success_sum_sq)
            VALUES ('figures', string_to_array(:leaves, ','), now(), now(), :children, :children * 10, :children * 8,
                    :children, :children, :sum, :squares, :sum, :squares, :sum, :squares)
            """)
        .param("leaves", leaves)
        .param("children", children)
        .param("sum", sum)
        .param("squares", sumOfSquares)
        .update();
  }

  @Test
  void cohortIsTheSumOfItsCells() {
    var cohort = named(population().path("by_age"), "7-12");
    assertThat(cohort.path("reason").isNull()).isTrue();
    assertThat(cohort.path("playing_children").longValue()).isEqualTo(30);
    assertThat(cohort.path("sessions").longValue()).isEqualTo(300);
    assertThat(cohort.path("completion_rate").doubleValue()).isEqualTo(80);
    var score = cohort.path("score");
    assertThat(score.path("mean").doubleValue()).isEqualTo(1700 / 30.0);
    assertThat(score.path("sd").doubleValue())
        .isEqualTo(Math.sqrt((106_000 - 1700.0 * 1700 / 30) / 29));
    assertThat(score.path("n").longValue()).isEqualTo(30);
  }

  @Test
  void cohortsActivitiesAreTheSumOfTheirOwnCells() {
    assertThat(named(population().path("by_age"), "7-12").path("activities").isNull()).isTrue();
    activities("7-12/1/recording", 20, 100, 25, 40, 10);
    activities("7-12/2/recording", 10, 50, 5, 10, 5);
    var activities = named(population().path("by_age"), "7-12").path("activities");
    assertThat(activities.path("children").longValue()).isEqualTo(30);
    assertThat(activities.path("activities").longValue()).isEqualTo(150);
    assertThat(activities.path("activities_per_child").doubleValue()).isEqualTo(5);
    assertThat(activities.path("verification_rate").doubleValue()).isEqualTo(20);
    assertThat(activities.path("emotional_n").longValue()).isEqualTo(50);
    assertThat(activities.path("improvement_rate").doubleValue()).isEqualTo(30);
  }

  private static void activities(
      String leaf, long children, long activities, long verified, long emotional, long improved) {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (topic, leaves, published_at, members_since, children, activities, verified,
                                         emotional_n, improvements, deteriorations)
            VALUES ('activities', ARRAY[?], now(), now(), ?, ?, ?, ?, ?, 0)
            """)
        .params(leaf, children, activities, verified, emotional, improved)
        .update();
  }

  @Test
  void cohortThatWouldTellOfAPartOfACellIsSuppressed() {
    var cohort = named(population().path("by_age"), "4-6");
    assertThat(cohort.path("reason").asString()).isEqualTo("suppressed");
    for (var figure : List.of("playing_children", "sessions", "completion_rate", "score")) {
      assertThat(cohort.path(figure).isNull()).as(figure).isTrue();
    }
  }

  @Test
  void cohortsStandBesideEachOtherUnderTheirNamesInTheirOrder() {
    var compared =
        compare(
                """
                {"cohorts": [
                  {"name": "first", "age_bands": ["7-12"], "support_levels": ["2"]},
                  {"name": "nobody", "age_bands": ["19+"]},
                  {"name": "both", "age_bands": ["4-6", "13-18"], "support_levels": ["1"]}]}
                """)
            .ok()
            .path("cohorts");
    assertThat(compared.valueStream().map(c -> c.path("name").asString()))
        .containsExactly("first", "nobody", "both");
    assertThat(compared.get(0).path("playing_children").longValue()).isEqualTo(10);
    assertThat(compared.get(1).path("reason").asString()).isEqualTo("suppressed");
    assertThat(compared.get(2).path("playing_children").longValue()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                      | cohorts",
        "{\"cohorts\": []}                                                       | cohorts",
        "{\"cohorts\": [{\"name\": \"a\"}]}                                      | cohorts",
        "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"\"}]}                    | cohorts[1].name",
        "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"b\", \"age_bands\": [\"5-6\"]}]} |"
            + " cohorts[1].age_bands[0]",
        "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"b\", \"support_levels\": [\"4\"]}]} |"
            + " cohorts[1].support_levels[0]",
      })
  void badComparisonIsNamed(String body, String field) {
    var problem = compare(body).problem(400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void platformCountsAccountsAndTellsOfChildrenWhatIsPublished() {
    var admin = Tokens.TRUSTED.of(SERVICE.user("admin", "unused"), "admin");
    var platform = SERVICE.get("/api/v1/platform", admin).ok();
    var admins =
        platform
            .path("users")
            .valueStream()
            .filter(u -> u.path("role").asString().equals("admin"))
            .toList();
    assertThat(admins).hasSize(1);
    assertThat(admins.getFirst().path("users").longValue())
        .isEqualTo(
            SERVICE
                .db()
                .sql("SELECT count(*) FROM auth_users WHERE role = 'admin'")
                .query(Long.class)
                .single());
    assertThat(platform.path("play").path("children").longValue()).isEqualTo(42);
    assertThat(platform.path("play").path("completion_rate").doubleValue()).isEqualTo(80);
  }

  @Test
  void accountsAreNewInTheDaysThatWereAskedFor() {
    var id = SERVICE.user("admin", "unused");
    var admin = Tokens.TRUSTED.of(id, "admin");
    SERVICE
        .db()
        .sql("UPDATE auth_users SET created_at = now() - interval '100 days' WHERE role = 'admin'")
        .update();
    assertThat(newAdmins(SERVICE.get("/api/v1/platform?days=99", admin))).isZero();
    assertThat(newAdmins(SERVICE.get("/api/v1/platform?days=101", admin))).isPositive();
    for (var days : List.of("0", "366", "many")) {
      var problem = SERVICE.get("/api/v1/platform?days=" + days, admin).problem(400);
      assertThat(problem.path("parameter").asString()).isEqualTo("days");
    }
  }

  private static long newAdmins(Reply platform) {
    return platform
        .ok()
        .path("users")
        .valueStream()
        .filter(users -> users.path("role").asString().equals("admin"))
        .mapToLong(users -> users.path("new_users").longValue())
        .sum();
  }

  @Test
  void exportIsAllThatIsPublishedAndATable() {
    var export = SERVICE.get("/api/v1/population/export", professional).ok();
    assertThat(export.path("by_age")).isEqualTo(population().path("by_age"));
    var csv = SERVICE.get("/api/v1/population/export?format=csv", professional);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"population.csv\"");
    assertThat(csv.body().lines())
        .startsWith(
            "\uFEFF\"section\",\"of\",\"figure\",\"value\",\"unit\",\"low\",\"high\",\"children\",\"published_at\"")
        .anyMatch(
            line ->
                line.startsWith("\"cohort\",\"age 7-12\",\"sessions\",300,\"sessions\",,,30,\"2"))
        .contains("\"cohort\",\"age 4-6\",\"sessions\",,\"sessions\",,,,");
    var problem = SERVICE.get("/api/v1/population/export?format=pdf", professional).problem(400);
    assertThat(problem.path("parameter").asString()).isEqualTo("format");
  }

  /** Therapies are named by whoever keeps the children's data. */
  @Test
  void noTextOfTheTableIsTakenForAFormula() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (topic, leaves, category, published_at, members_since, children,
                                         effect_mean, effect_sd, effect_low, effect_high)
            VALUES ('treatment', '{=1+1}', '=1+1', now(), now(), 14, 0.31, 0.1, 0.2, 0.42)
            """)
        .update();
    var csv = SERVICE.get("/api/v1/population/export?format=csv", professional);
    assertThat(csv.body().lines())
        .anyMatch(
            line ->
                line.startsWith("\"treatment\",\"'=1+1\",\"effect\",0.31,\"tau\",0.2,0.42,14,"));
  }

  @Test
  void insightsAndTreatmentsComeFromPublishedCellsOnly() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (topic, leaves, category, published_at, members_since, children,
                                         effect_mean, effect_sd, effect_low, effect_high,
                                         new_child_low, new_child_high, heterogeneity, improved)
            VALUES ('treatment', '{speech}', 'speech', now(), now(), 24, 0.3, 0.1, 0.2, 0.4, 0.05, 0.55, 0.3, 12)
            """)
        .update();
    for (var category : List.of("holds", "does_not_hold")) {
      SERVICE
          .db()
          .sql(
              """
              INSERT INTO population_cell (topic, leaves, scope, category, published_at, members_since, children)
              VALUES ('long_silence', ARRAY['7-12/1/playing/' || :category], '{7-12/1/playing}', :category,
                      now() + interval '1 second', now(), :children)
              """)
          .param("category", category)
          .param("children", 10)
          .update();
    }
    var treatment = SERVICE.get("/api/v1/treatments", professional).ok().path("treatments").get(0);
    assertThat(treatment.path("therapy_type").asString()).isEqualTo("speech");
    assertThat(treatment.path("effect_low").doubleValue()).isEqualTo(0.2);
    assertThat(treatment.path("new_child_high").doubleValue()).isEqualTo(0.55);
    assertThat(treatment.path("improved_share").doubleValue()).isEqualTo(0.5);
    var insight = SERVICE.get("/api/v1/insights", professional).ok().path("insights").get(0);
    assertThat(insight.path("insight").asString()).isEqualTo("low_engagement");
    assertThat(insight.path("share").doubleValue()).isEqualTo(0.5);
    assertThat(insight.path("of_children").longValue()).isEqualTo(20);
    assertThat(population().path("distributions").size()).isEqualTo(2);
  }

  private JsonNode population() {
    return SERVICE.get("/api/v1/population", professional).ok();
  }

  private Reply compare(String body) {
    return SERVICE.send(
        "POST", "/api/v1/cohorts/compare", professional, body, "Content-Type", "application/json");
  }

  private static JsonNode named(JsonNode cohorts, String name) {
    return cohorts
        .valueStream()
        .filter(cohort -> cohort.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
