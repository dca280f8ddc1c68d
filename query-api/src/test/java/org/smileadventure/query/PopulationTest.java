package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** Answers about all children are sums of published cells; how those come about is the batch's. */
class PopulationTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

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
        "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"b\", \"age_bands\": [\"5-6\"]}]} | cohorts[1].age_bands[0]",
        "{\"cohorts\": [{\"name\": \"a\"}, {\"name\": \"b\", \"support_levels\": [\"4\"]}]} | cohorts[1].support_levels[0]",
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
  void insightsAndTreatmentsComeFromPublishedCellsOnly() {
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO population_cell (topic, leaves, category, published_at, members_since, children,
                                         effect_mean, effect_sd, effect_low, effect_high)
            VALUES ('treatment', '{speech}', 'speech', now(), now(), 14, 1.5, 0.5, 1.2, 1.8)
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
    assertThat(treatment.path("effect_low").doubleValue()).isEqualTo(1.2);
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
