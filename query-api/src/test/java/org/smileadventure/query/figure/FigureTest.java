package org.smileadventure.query.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.ChildMonth;
import org.smileadventure.common.store.MonthSummaries;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;

/** One figure as it is served. */
@RealServers
class FigureTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  private static final List<String> WINDOWS = List.of("7d", "30d", "90d", "365d", "all");

  /** The value of each figure as it is stored, and what it is divided by. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "score", "score::numeric",
          "engagement", "engagement_score",
          "success", "success_rate",
          "duration", "duration_seconds / 60.0",
          "recovery", "recovery_seconds",
          "distress", "distress_seconds::numeric",
          "rating", "parent_rating::numeric");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  /** The database adds up by itself what months, weeks and days have. */
  @ParameterizedTest
  @ValueSource(longs = {2, 5, 11, 17})
  void everyPointAndTheLineAreThoseOfTheDatabase(long seed) {
    var random = new Random(seed);
    var zone = RandomHistory.anyZone(random);
    var family = SERVICE.family(zone.getId());
    var history = RandomHistory.of(family.child(), zone, random);
    StoredHistory.store(SERVICE.db(), history.events());
    summariseSome(family.child(), random);
    SERVICE.clock().set(history.today().atTime(LocalTime.NOON).atZone(zone).toInstant());

    for (var figure : COLUMNS.keySet()) {
      for (var window : WINDOWS) {
        var served = figure(family, figure, window);
        var first = served.path("window").path("from").asStringOpt().orElse(null);
        var values = new Values(family, figure, first, history.today());
        assertPoints(served, values);
        assertBand(served, values);
        assertCertainty(served);
      }
    }
  }

  private record Values(Family family, String figure, @Nullable String first, LocalDate last) {
    /** {@code value} and {@code x}, the day's number, of the values of these days. */
    <T> T ask(String select, LocalDate from, LocalDate to, Class<T> type) {
      return SERVICE
          .db()
          .sql(
              """
              SELECT %s FROM (
                SELECT (%s)::float8 AS value, (day - '2000-01-01'::date)::float8 AS x FROM game_sessions
                WHERE child_id = ? AND completion_status = 'completed' AND day BETWEEN ?::date AND ?::date) v
              WHERE value IS NOT NULL
              """
                  .formatted(select, COLUMNS.get(figure)))
          .params(family.child().value(), from.toString(), to.toString())
          .query(type)
          .single();
    }

    double number(String select) {
      return ask(select, LocalDate.parse(first == null ? "1990-01-01" : first), last, Double.class);
    }
  }

  private static void assertPoints(JsonNode served, Values values) {
    var seen = 0L;
    for (var point : served.path("points")) {
      var from = LocalDate.parse(point.path("from").asString());
      var to = LocalDate.parse(point.path("to").asString());
      assertThat(ChronoUnit.DAYS.between(from, to))
          .isLessThanOrEqualTo(
              switch (served.path("grain").asString()) {
                case "day" -> 0;
                case "week" -> 6;
                default -> YearMonth.from(from).lengthOfMonth() - 1;
              });
      var n = values.ask("count(*)", from, to, Long.class);
      assertThat(point.path("n").longValue()).as("%s %s", values, point).isEqualTo(n).isPositive();
      assertThat(point.path("mean").doubleValue())
          .isCloseTo(values.ask("avg(value)", from, to, Double.class), within(1e-9));
      seen += n;
    }
    assertThat(seen).isEqualTo(served.path("measure").path("n").longValue());
  }

  /** The margin by way of the slope's interval, which the oracle holds, and the database's sums. */
  private static void assertBand(JsonNode served, Values values) {
    var trend = served.path("measure").path("trend");
    var band = served.path("band");
    if (trend.path("slope_per_week").isNull()) {
      assertThat(band).isEmpty();
      return;
    }
    var n = values.number("count(*)");
    var meanX = values.number("avg(x)");
    var spread = values.number("regr_sxx(value, x)");
    var slopeMargin =
        (trend.path("interval").path("high").doubleValue()
                - trend.path("interval").path("low").doubleValue())
            / 2
            / 7;
    assertThat(band.size()).isBetween(3, 24);
    for (var at : band) {
      var x =
          (double)
              ChronoUnit.DAYS.between(
                  LocalDate.of(2000, 1, 1), LocalDate.parse(at.path("day").asString()));
      var value = values.number("avg(value)") + values.number("regr_slope(value, x)") * (x - meanX);
      var margin = slopeMargin * Math.sqrt(spread / n + (x - meanX) * (x - meanX));
      var scale = 1e-6 * (1 + Math.abs(value) + margin);
      assertThat(at.path("value").doubleValue()).isCloseTo(value, within(scale));
      assertThat(at.path("low").doubleValue()).isCloseTo(value - margin, within(scale));
      assertThat(at.path("high").doubleValue()).isCloseTo(value + margin, within(scale));
    }
    assertThat(
            band.get(band.size() - 1).path("value").doubleValue()
                - band.get(0).path("value").doubleValue())
        .isCloseTo(
            trend.path("change").doubleValue(),
            within(1e-6 * (1 + Math.abs(trend.path("change").doubleValue()))));
  }

  private static void assertCertainty(JsonNode served) {
    var direction = served.path("measure").path("trend").path("direction").asString("none");
    assertThat(served.path("certainty").asString())
        .isIn(
            switch (direction) {
              case "none" -> List.of("too_early");
              case "stable" -> List.of("likely", "unclear");
              default -> List.of("clear");
            });
    assertThat(served.path("needed").isNull()).isEqualTo(!direction.equals("none"));
  }

  private static void summariseSome(ChildId child, Random random) {
    var months =
        SERVICE
            .db()
            .sql("SELECT month FROM dirty_child_months WHERE child_id = ?")
            .param(child.value())
            .query((row, _) -> YearMonth.from(row.getObject(1, LocalDate.class)))
            .list()
            .stream()
            .filter(_ -> random.nextBoolean())
            .toList();
    new MonthSummaries(SERVICE.db())
        .fold(months.stream().map(month -> new ChildMonth(child, month).days()).toList());
    months.forEach(
        month ->
            SERVICE
                .db()
                .sql("DELETE FROM dirty_child_months WHERE child_id = ? AND month = ?")
                .params(child.value(), month.atDay(1))
                .update());
  }

  @Test
  void measureIsThatOfTheAnalytics() {
    var family = improving();
    var analytics = SERVICE.get(family.analytics("30d"), family.token()).ok();
    for (var figure :
        List.of("score", "engagement", "success", "duration", "recovery", "distress")) {
      assertThat(figure(family, figure, "30d").path("measure")).isEqualTo(analytics.path(figure));
    }
    assertThat(
            SERVICE
                .get("/api/v1/children/" + family.child() + "/emotions", family.token())
                .ok()
                .path("distress"))
        .isEqualTo(analytics.path("distress"));
  }

  @Test
  void sentenceIsInTheLanguageThatIsAskedFor() {
    var family = improving();
    var path = "/api/v1/children/" + family.child() + "/figures/score?window=30d";

    var english = SERVICE.get(path, family.token(), "Accept-Language", "en");
    var italian = SERVICE.get(path, family.token(), "Accept-Language", "it");

    assertThat(english.ok().path("sentence").asString())
        .isEqualTo("Sam's score went up: from about 40 to 84 points.");
    assertThat(english.header("Content-Language")).isEqualTo("en");
    assertThat(italian.ok().path("sentence").asString())
        .isEqualTo("Il punteggio di Sam è salito: da circa 40 a 84 punti.");
    assertThat(italian.json().path("title").asString()).isEqualTo("Punteggio");
    assertThat(italian.header("Content-Language")).isEqualTo("it");
    assertThat(italian.header("Vary")).containsIgnoringCase("Accept-Language");
    assertThat(english.ok().path("why").valueStream().map(JsonNode::asString))
        .contains(
            "This rests on 12 sessions on 12 days.",
            "The first was on May 8, 2026, the last on May 19, 2026.",
            "The first half has a mean of 50 points. The second half has 74 points.");
  }

  /** Each scenario stays as it is, and the child goes on from the hard one to the easy one. */
  @Test
  void changeThatComesWithAnotherScenarioIsToldAsSuch() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    for (int day = 0; day < 28; day++) {
      var isEasy = day >= 14 + new int[] {0, 6, -6}[day % 3];
      var some = (day * 7 + day * day * 3) % 11 - 5;
      StoredHistory.store(
          SERVICE.db(),
          Play.by(
                  family.child(),
                  NOON.minus(27 - day, ChronoUnit.DAYS).minusSeconds(900),
                  started(isEasy ? "easy" : "hard"))
              .interaction(Outcome.CORRECT)
              .completed((isEasy ? 70 : 40) + some)
              .events());
    }

    var answer = figure(family, "score", "30d");

    var trend = answer.path("measure").path("trend");
    assertThat(trend.path("interval").path("low").doubleValue()).isPositive();
    assertThat(trend.path("direction").asString()).isEqualTo("stable");
    assertThat(trend.path("within").path("agreement").asString()).isEqualTo("only_over_all");
    assertThat(trend.path("within").path("scenarios").intValue()).isEqualTo(2);
    assertThat(answer.path("certainty").asString()).isEqualTo("unclear");
    assertThat(answer.path("sentence").asString())
        .isEqualTo(
            "Score: from about 38 to 74 points. But the scenarios changed too."
                + " Within the same scenario it is about the same.");
    assertThat(answer.path("why").valueStream().map(JsonNode::asString))
        .contains(
            "A session hardly resembles the one before (-0.37 of 1).",
            "Within the same scenario the change is most likely between -7 and +7."
                + " That rests on 28 sessions of 2 scenarios.");
    var italian =
        SERVICE.get(
            "/api/v1/children/" + family.child() + "/figures/score?window=30d",
            family.token(),
            "Accept-Language",
            "it");
    assertThat(italian.ok().path("sentence").asString())
        .isEqualTo(
            "Punteggio: da circa 38 a 74 punti. Ma sono cambiati anche gli scenari."
                + " Nello stesso scenario è più o meno uguale.");
  }

  private static Payload.SessionStarted started(String scenario) {
    return new Payload.SessionStarted(
        Payload.SessionType.DENTAL_VISIT,
        scenario,
        scenario,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void periodBeforeHasTheSameLengthAndAllDaysHaveNone() {
    var family = improving();

    var week = figure(family, "score", "7d").path("before");
    assertThat(week.path("from").asString()).isEqualTo("2026-05-07");
    assertThat(week.path("to").asString()).isEqualTo("2026-05-13");
    assertThat(week.path("measure").path("n").longValue()).isEqualTo(6);
    assertThat(week.path("sentence").asString())
        .isEqualTo("Before, it was 50 points on average, in 6 sessions.");
    assertThat(figure(family, "score", "all").path("before").isNull()).isTrue();
    assertThat(figure(family, "score", "90d").path("before").path("sentence").asString())
        .isEqualTo("There is nothing to tell of the time before.");
  }

  @Test
  void whatIsMissingIsToldWithTheDayByWhichItWillBeThere() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    store(family, 7, 50);
    store(family, 0, 50);

    var needed = figure(family, "score", "30d").path("needed");

    assertThat(needed.path("n").longValue()).isEqualTo(2);
    assertThat(needed.path("days").longValue()).isEqualTo(1);
    // Two in eight days: two more take eight.
    assertThat(needed.path("by").asString()).isEqualTo("2026-05-28");
    assertThat(needed.path("sentence").asString())
        .isEqualTo(
            "2 more sessions are needed, on another day. At this pace, that will be by May 28, 2026.");
    // Not within a week.
    assertThat(figure(family, "score", "7d").path("needed").path("by").isNull()).isTrue();
  }

  @Test
  void whoDoesNotPlayIsToldNoDay() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    store(family, 40, 50);

    var answer = figure(family, "score", "90d");

    assertThat(answer.path("needed").path("by").isNull()).isTrue();
    assertThat(answer.path("needed").path("n").longValue()).isEqualTo(3);
    assertThat(answer.path("certainty").asString()).isEqualTo("too_early");
    assertThat(answer.path("sentence").asString())
        .isEqualTo("It is too early to tell how Sam's score goes.");
  }

  @Test
  void pointsAreBounded() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO game_sessions (
              id, child_id, session_type, started_at, ended_at, day, duration_seconds, active_seconds, score,
              completion_status)
            SELECT uuidv7(), ?, 'dental_visit', d + interval '8 hours', d + interval '9 hours', d::date, 60, 60, 50,
              'completed'
            FROM generate_series('2010-01-15'::timestamptz, '2026-05-20', interval '1 day') d
            """)
        .param(family.child().value())
        .update();
    SERVICE
        .db()
        .sql(
            """
            SELECT mark_months(array_agg(child_id), array_agg(day)) FROM game_sessions WHERE child_id = ?
            """)
        .param(family.child().value())
        .query(_ -> {});

    var sizes = new ArrayList<String>();
    for (var window :
        List.of("window=90d", "window=365d", "window=all", "from=2025-05-20&to=2026-05-20")) {
      var answer =
          SERVICE
              .get(
                  "/api/v1/children/" + family.child() + "/figures/score?" + window, family.token())
              .ok();
      sizes.add(answer.path("grain").asString() + " " + answer.path("points").size());
    }
    assertThat(sizes).containsExactly("day 90", "week 53", "month 120", "week 53");
  }

  @Test
  void phaseOfTheWindowIsShown() {
    var family = improving();
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO child_phases (child_id, day, kind, label, made_by, made_as)
            VALUES (:child, '2026-05-10', 'therapy', 'Speech', :parent, 'parent'),
                   (:child, '2026-03-10', 'other', 'School', :parent, 'parent')
            """)
        .param("child", family.child().value())
        .param("parent", family.parent())
        .update();
    SERVICE.invalidate(family.child());

    assertThat(
            figure(family, "score", "30d")
                .path("phases")
                .valueStream()
                .map(phase -> phase.path("label").asString()))
        .containsExactly("Speech");
    assertThat(figure(family, "score", "all").path("phases").size()).isEqualTo(2);
  }

  @Test
  void figureThatThereIsNotIsToldWithThoseThatThereAre() {
    var family = SERVICE.family("Europe/Rome");
    var problem =
        SERVICE
            .get("/api/v1/children/" + family.child() + "/figures/happiness", family.token())
            .problem(404);
    assertThat(problem.path("figures").valueStream().map(JsonNode::asString))
        .containsExactly(
            "score", "engagement", "success", "duration", "recovery", "distress", "rating");
  }

  /** Each of twelve days four points better than the one before, on a line. */
  private static Family improving() {
    SERVICE.clock().set(NOON);
    var family = SERVICE.family("Europe/Rome");
    for (int day = 0; day < 12; day++) {
      store(family, 12 - day, 40 + 4 * day);
    }
    return family;
  }

  private static void store(Family family, int daysAgo, int score) {
    StoredHistory.store(
        SERVICE.db(),
        Play.by(family.child(), NOON.minus(daysAgo, ChronoUnit.DAYS).minusSeconds(900))
            .interaction(Outcome.CORRECT)
            .completed(score)
            .events());
  }

  private static JsonNode figure(Family family, String figure, String window) {
    return SERVICE
        .get(
            "/api/v1/children/%s/figures/%s?window=%s".formatted(family.child(), figure, window),
            family.token())
        .ok();
  }
}
