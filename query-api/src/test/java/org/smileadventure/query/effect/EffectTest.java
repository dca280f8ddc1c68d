package org.smileadventure.query.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.smileadventure.query.fixture.Household.assertDone;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.Payload.EndStatus;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.MovedDays;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Household;
import org.smileadventure.query.fixture.ServiceUnderTest;
import tools.jackson.databind.JsonNode;

/** A phase against the days before it, as it is served. */
@RealServers
class EffectTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 20);

  /** The value of each figure as it is stored, and which way is good. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "score", "score::numeric",
          "success", "success_rate",
          "engagement", "engagement_score",
          "distress", "distress_seconds::numeric",
          "recovery", "recovery_seconds",
          "active", "active_seconds / 60.0");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Household home = Household.in(SERVICE);

  EffectTest() {
    SERVICE.clock().set(NOON);
  }

  /**
   * Everything is counted again, pair by pair, from the rows of the database.
   *
   * @param compared whether there is enough on both sides of a phase
   */
  @ParameterizedTest
  @CsvSource({"3, false", "8, true", "15, false", "23, false", "31, false", "44, false"})
  void figuresAreThoseOfPairsAndMediansCountedOneByOne(long seed, boolean compared) {
    var random = new Random(seed);
    var zone = RandomHistory.anyZone(random);
    SERVICE
        .db()
        .sql("UPDATE children SET timezone = ? WHERE id = ?")
        .params(zone.getId(), home.family().child().value())
        .update();
    var history = RandomHistory.of(home.family().child(), zone, random);
    StoredHistory.store(SERVICE.db(), history.events());
    SERVICE.clock().set(history.today().atTime(LocalTime.NOON).atZone(zone).toInstant());
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      var day = history.today().minusDays(random.nextInt(60));
      note("therapy", day, random.nextBoolean() ? null : day.plusDays(random.nextInt(30)));
    }

    var phases = home.ask("GET", "/phases", null).ok().path("items");
    assertThat(phases).isNotEmpty();
    var certainties = new HashSet<String>();
    for (var phase : phases) {
      var told = effects(phase.path("id").asString(), "en");
      var before = range(phases, phase, history.today(), false);
      assertRange(told.path("before"), before);
      var during = range(phases, phase, history.today(), true);
      assertRange(told.path("during"), during);
      assertThat(told.path("figures").size()).isEqualTo(6);
      for (var figure : told.path("figures")) {
        var name = figure.path("figure").asString();
        assertFigure(figure, values(name, before), values(name, during));
        certainties.add(figure.path("certainty").asString());
      }
      var shown = told.path("points");
      assertThat(numbers(shown.path("before")))
          .isEqualTo(values(shown.path("figure").asString(), before).values());
      assertThat(numbers(shown.path("during")))
          .isEqualTo(values(shown.path("figure").asString(), during).values());
    }
    certainties.remove("too_early");
    assertThat(!certainties.isEmpty()).isEqualTo(compared);
  }

  private record Days(LocalDate from, LocalDate to) {}

  /** By the words of docs/metrics.md. */
  private static Days range(JsonNode phases, JsonNode phase, LocalDate today, boolean during) {
    var day = day(phase);
    var days = phases.valueStream().map(EffectTest::day).toList();
    if (!during) {
      var first =
          days.stream()
              .filter(other -> other.isBefore(day))
              .max(LocalDate::compareTo)
              .orElse(day.minusDays(180));
      return new Days(
          first.isBefore(day.minusDays(366)) ? day.minusDays(366) : first, day.minusDays(1));
    }
    var next = days.stream().filter(other -> other.isAfter(day)).min(LocalDate::compareTo);
    var last =
        phase.path("until").isNull()
            ? next.map(other -> other.minusDays(1)).orElse(today)
            : LocalDate.parse(phase.path("until").asString());
    last = last.isAfter(today) ? today : last;
    return new Days(day, last.isAfter(day.plusDays(365)) ? day.plusDays(365) : last);
  }

  private static LocalDate day(JsonNode phase) {
    return LocalDate.parse(phase.path("day").asString());
  }

  private void assertRange(JsonNode told, Days days) {
    assertThat(told.path("from").asString()).isEqualTo(days.from().toString());
    assertThat(told.path("to").asString()).isEqualTo(days.to().toString());
    var counted =
        SERVICE
            .db()
            .sql(
                """
                SELECT count(*) AS sessions, count(*) FILTER (WHERE completion_status = 'abandoned') AS abandoned,
                  count(DISTINCT day) AS played
                FROM game_sessions WHERE child_id = ? AND day BETWEEN ?::date AND ?::date
                """)
            .params(home.family().child().value(), days.from().toString(), days.to().toString())
            .query()
            .singleRow();
    assertThat(told.path("sessions").longValue()).isEqualTo(counted.get("sessions"));
    assertThat(told.path("abandoned").longValue()).isEqualTo(counted.get("abandoned"));
    var without = told.path("without_play");
    assertThat(without.path("of").longValue() - without.path("days").longValue())
        .isEqualTo(counted.get("played"));
  }

  private record Values(List<Double> days, List<Double> values) {
    int n() {
      return values.size();
    }
  }

  private Values values(String figure, Days days) {
    record Row(double day, double value) {}
    var rows =
        SERVICE
            .db()
            .sql(
                """
                SELECT (day - '2000-01-01'::date)::float8 AS day, (%1$s)::float8 AS value FROM game_sessions
                WHERE child_id = ? AND day BETWEEN ?::date AND ?::date AND completion_status = 'completed'
                  AND %1$s IS NOT NULL
                ORDER BY day, started_at, id
                """
                    .formatted(COLUMNS.get(figure)))
            .params(home.family().child().value(), days.from().toString(), days.to().toString())
            .query((row, _) -> new Row(row.getDouble("day"), row.getDouble("value")))
            .list();
    return new Values(rows.stream().map(Row::day).toList(), rows.stream().map(Row::value).toList());
  }

  private static List<Double> numbers(JsonNode points) {
    return points.valueStream().map(point -> point.path("value").doubleValue()).toList();
  }

  private static void assertFigure(JsonNode told, Values a, Values b) {
    var good = told.path("better").asString().equals("up") ? 1 : -1;
    assertThat(told.path("before").path("n").intValue()).isEqualTo(a.n());
    assertThat(told.path("during").path("n").intValue()).isEqualTo(b.n());
    assertMedian(told.path("before"), a);
    assertMedian(told.path("during"), b);
    assertThat(told.path("sentence").asString()).isNotBlank();
    if (a.n() < 3 || b.n() < 3) {
      assertThat(told.path("certainty").asString()).isEqualTo("too_early");
      assertThat(told.path("change").isNull()).isTrue();
      assertThat(told.path("reason").asString()).isEqualTo("insufficient_data");
      assertThat(told.path("n_needed").intValue()).isEqualTo(3);
      assertThat(told.path("needed").path("n").intValue())
          .isEqualTo(Math.max(0, 3 - a.n()) + Math.max(0, 3 - b.n()));
      return;
    }
    assertThat(told.path("reservations").booleanValue()).isEqualTo(a.n() < 5 || b.n() < 5);
    var change = told.path("change");
    var better = 0.0;
    for (var x : a.values()) {
      for (var y : b.values()) {
        better += x.equals(y) ? 0.5 : (y - x) * good > 0 ? 1 : 0;
      }
    }
    var nap = better / a.n() / b.n();
    assertThat(change.path("nap").path("value").doubleValue()).isCloseTo(nap, within(1e-9));
    assertThat(change.path("tau").path("value").doubleValue()).isCloseTo(2 * nap - 1, within(1e-9));
    var best = a.values().stream().mapToDouble(x -> x * good).max().orElseThrow();
    assertThat(change.path("pnd").doubleValue())
        .isCloseTo(
            b.values().stream().filter(y -> y * good > best).count() / (double) b.n(),
            within(1e-9));
    var slope = slope(a);
    if (slope == null) {
      assertThat(told.path("before").path("trend_per_week").isNull()).isTrue();
    } else {
      assertThat(told.path("before").path("trend_per_week").doubleValue())
          .isCloseTo(7 * slope, within(1e-6 * (1 + Math.abs(slope))));
    }
    var corrected = change.path("baseline_corrected").booleanValue();
    assertThat(corrected).isEqualTo(slope != null && trendP(a) < 0.05);
    var taken = corrected && slope != null ? slope : 0;
    assertThat(change.path("corrected_tau").path("value").doubleValue())
        .isCloseTo(good * tauB(left(a, taken), left(b, taken)), within(1e-6));
    assertThat(change.path("beyond_trend").doubleValue())
        .isCloseTo(median(left(b, taken)) - median(left(a, taken)), within(1e-4));
    for (var estimate : List.of("nap", "tau", "corrected_tau")) {
      var interval = change.path(estimate);
      assertThat(interval.path("low").doubleValue())
          .isLessThanOrEqualTo(interval.path("value").doubleValue() + 1e-9);
      assertThat(interval.path("high").doubleValue())
          .isGreaterThanOrEqualTo(interval.path("value").doubleValue() - 1e-9);
    }
  }

  private static void assertMedian(JsonNode side, Values values) {
    if (values.n() == 0) {
      assertThat(side.path("median").isNull()).isTrue();
    } else {
      assertThat(side.path("median").doubleValue())
          .isCloseTo(median(values.values()), within(1e-9));
    }
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  private static @Nullable Double slope(Values values) {
    var slopes =
        IntStream.range(0, values.n())
            .boxed()
            .flatMap(
                i ->
                    IntStream.range(0, i)
                        .filter(j -> !values.days().get(i).equals(values.days().get(j)))
                        .mapToObj(
                            j ->
                                (values.values().get(i) - values.values().get(j))
                                    / (values.days().get(i) - values.days().get(j))))
            .toList();
    return slopes.isEmpty() ? null : median(slopes);
  }

  private static List<Double> left(Values values, double slope) {
    return IntStream.range(0, values.n())
        .mapToObj(i -> values.values().get(i) - slope * values.days().get(i))
        .toList();
  }

  /** Kendall's tau-b between the side and the value. */
  private static double tauB(List<Double> a, List<Double> b) {
    var s = 0.0;
    var tiedAcross = 0.0;
    for (var x : a) {
      for (var y : b) {
        s += sign(y - x);
        tiedAcross += sign(y - x) == 0 ? 1 : 0;
      }
    }
    var all = new java.util.ArrayList<>(a);
    all.addAll(b);
    var tied = tiedAcross + tiedWithin(a) + tiedWithin(b);
    var n = all.size() * (all.size() - 1) / 2.0;
    var across = (double) a.size() * b.size();
    return n == tied ? 0 : s / Math.sqrt((n - tied) * across);
  }

  private static double tiedWithin(List<Double> values) {
    var tied = 0.0;
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < i; j++) {
        tied += sign(values.get(i) - values.get(j)) == 0 ? 1 : 0;
      }
    }
    return tied;
  }

  private static double sign(double difference) {
    return Math.abs(difference) < 1e-7 ? 0 : Math.signum(difference);
  }

  /** Mann and Kendall's test, from the sizes of the ties, with a normal tail by Simpson's rule. */
  private static double trendP(Values values) {
    var s = 0.0;
    double n = values.n();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        s +=
            Math.signum(values.days().get(i) - values.days().get(j))
                * Math.signum(values.values().get(i) - values.values().get(j));
      }
    }
    var t = sizes(values.days());
    var u = sizes(values.values());
    var variance =
        (n * (n - 1) * (2 * n + 5)
                    - sum(t, x -> x * (x - 1) * (2 * x + 5))
                    - sum(u, x -> x * (x - 1) * (2 * x + 5)))
                / 18
            + sum(t, x -> x * (x - 1)) * sum(u, x -> x * (x - 1)) / (2 * n * (n - 1))
            + sum(t, x -> x * (x - 1) * (x - 2))
                * sum(u, x -> x * (x - 1) * (x - 2))
                / (9 * n * (n - 1) * (n - 2));
    if (s == 0 || variance <= 1e-9) {
      return 1;
    }
    var z = (Math.abs(s) - 1) / Math.sqrt(variance);
    var step = (9 - z) / 2000;
    var tail = 0.0;
    for (int i = 0; i <= 2000; i++) {
      var x = z + i * step;
      tail += Math.exp(-x * x / 2) * (i == 0 || i == 2000 ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return 2 * tail * step / 3 / Math.sqrt(2 * Math.PI);
  }

  private static double[] sizes(List<Double> values) {
    return values.stream()
        .distinct()
        .mapToDouble(x -> values.stream().filter(x::equals).count())
        .toArray();
  }

  private static double sum(double[] sizes, java.util.function.DoubleUnaryOperator of) {
    return Arrays.stream(sizes).map(of).sum();
  }

  /** Twenty days up by two points, and twenty more. */
  @Test
  void riseThatWasThereBeforeIsToldSo() {
    for (int ago = 40; ago > 0; ago--) {
      store(ago, 10 + 2 * (40 - ago));
    }
    var phase = note("therapy", TODAY.minusDays(20), null);

    var score = figure(effects(phase, "en"), "score");

    assertThat(score.path("reading").asString()).isEqualTo("already_better");
    assertThat(score.path("certainty").asString()).isEqualTo("unclear");
    assertThat(score.path("change").path("tau").path("value").doubleValue()).isEqualTo(1);
    assertThat(score.path("change").path("corrected_tau").path("value").doubleValue())
        .isCloseTo(0, within(1e-9));
    assertThat(score.path("sentence").asString())
        .isEqualTo("Score: from about 29 points to 69 points. But the rise was there before “x”.");
    assertThat(figure(effects(phase, "it"), "score").path("sentence").asString())
        .isEqualTo("Punteggio: da circa 29 punti a 69 punti. Ma la salita c'era già prima di “x”.");
    assertThat(score.path("caution").isNull()).isTrue();
  }

  @Test
  void changeWithThePhaseIsToldWithWhatItRestsOn() {
    for (int ago = 40; ago > 0; ago--) {
      store(ago, (ago > 20 ? 50 : 70) + ago * 7 % 5);
    }
    var phase = note("therapy", TODAY.minusDays(20), null);

    var score = figure(effects(phase, "en"), "score");

    assertThat(score.path("certainty").asString()).isEqualTo("clear");
    assertThat(score.path("reading").asString()).isEqualTo("better");
    assertThat(score.path("sentence").asString())
        .isEqualTo("Sam's score is higher since “x”: about 72 points, before 52 points.");
    assertThat(figure(effects(phase, "it"), "score").path("sentence").asString())
        .isEqualTo(
            "Il punteggio di Sam è più alto da quando c'è “x”: circa 72 punti, prima 52 punti.");
    assertThat(score.path("why").valueStream().map(JsonNode::asString))
        .contains(
            "Of 20 sessions before, the middle one has 52 points. Of 20 sessions then, it has 72"
                + " points.",
            "100 of 100 sessions are better than the best one before.");
    assertThat(figure(effects(phase, "en"), "success").path("reading").asString())
        .isEqualTo("same");
  }

  @Test
  void fewerThanFiveSayItWithReservationsAndFewerThanThreeNothing() {
    for (int ago = 20; ago > 4; ago--) {
      store(ago, 50 + ago * 7 % 5);
    }
    var phase = note("therapy", TODAY.minusDays(4), null);
    store(4, 90);
    store(3, 92);
    var two = figure(effects(phase, "en"), "score");
    assertThat(two.path("certainty").asString()).isEqualTo("too_early");
    assertThat(two.path("needed").path("sentence").asString())
        .isEqualTo("1 more session with this figure is needed in it.");

    store(2, 91);
    var three = figure(effects(phase, "en"), "score");
    assertThat(three.path("reservations").booleanValue()).isTrue();
    assertThat(three.path("certainty").asString()).isIn("likely", "unclear");
    assertThat(three.path("sentence").asString())
        .endsWith("With reservations: there are only 16 sessions before and 3 sessions then.");
  }

  @Test
  void valuesThatAreAllTheSameAreNoChange() {
    for (int ago = 20; ago > 0; ago--) {
      store(ago, 50);
    }
    var score = figure(effects(note("therapy", TODAY.minusDays(10), null), "en"), "score");
    assertThat(score.path("reading").asString()).isEqualTo("same");
    assertThat(score.path("change").path("nap").path("value").doubleValue()).isEqualTo(0.5);
    assertThat(score.toString()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void whatHasNotBegunOrHasNoPlayIsTold() {
    store(3, 50);
    var future = effects(note("scenario", TODAY.plusDays(10), null), "en");
    assertThat(future.path("during").isNull()).isTrue();
    assertThat(future.path("remarks").get(0).asString()).isEqualTo("“x” has not begun yet.");
    var empty = effects(note("holiday", TODAY.minusDays(400), TODAY.minusDays(395)), "en");
    assertThat(empty.path("remarks").valueStream().map(JsonNode::asString))
        .containsExactly(
            "There was no play during “x” yet.", "There was no play in the days before “x”.");
    assertThat(figure(empty, "score").path("certainty").asString()).isEqualTo("too_early");
    var bounded = effects(note("baseline", TODAY.minusDays(1_000), TODAY), "en");
    assertThat(bounded.path("during").path("to").asString())
        .isEqualTo(TODAY.minusDays(1_000 - 365).toString());
    assertThat(bounded.path("remarks").toString())
        .contains("Only 366 days", "“x” is in these days too.");
  }

  /** Eleven in the evening in Rome is another day in Kiritimati. */
  @Test
  void daysAreThoseOfTheChildWhereverItLivesNow() {
    for (int ago = 10; ago > 0; ago--) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(
                  home.family().child(),
                  TODAY.minusDays(ago).atTime(21, 0).toInstant(java.time.ZoneOffset.UTC))
              .completed(50)
              .events());
    }
    var phase = note("therapy", TODAY.minusDays(5), null);
    assertThat(effects(phase, "en").path("before").path("sessions").longValue()).isEqualTo(5);
    assertDone(home.ask("PATCH", "", "{\"timezone\": \"Pacific/Kiritimati\"}"), 204);
    while (new MovedDays(SERVICE.db()).moveSome(1_000)) {
      // Sessions go to their new days some at a time.
    }
    var moved = effects(phase, "en");
    assertThat(moved.path("before").path("sessions").longValue()).isEqualTo(4);
    assertThat(moved.path("before").path("to").asString()).isEqualTo(TODAY.minusDays(6).toString());
  }

  @Test
  void whoPlaysMuchLessOrGivesUpMoreOftenIsToldBesideABetterFigure() {
    for (int ago = 40; ago > 20; ago--) {
      store(ago, 40 + ago % 3);
    }
    for (int ago = 20; ago > 0; ago -= 3) {
      store(ago, 80 + ago % 3);
    }
    var phase = note("therapy", TODAY.minusDays(20), null);
    note("other", TODAY.minusDays(40), null);
    var fewer = effects(phase, "en");
    assertThat(figure(fewer, "score").path("caution").asString())
        .startsWith("Sam played less than half as often: 2.3 times a week, before 7 times.");
    assertThat(figure(fewer, "success").path("caution").isNull()).isTrue();

    for (int ago = 19; ago > 10; ago--) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(home.family().child(), NOON.minus(ago, ChronoUnit.DAYS).minusSeconds(5_000))
              .ended(EndStatus.ABANDONED, null)
              .events());
    }
    SERVICE.invalidate(home.family().child());
    assertThat(figure(effects(phase, "en"), "score").path("caution").asString())
        .startsWith("More sessions were given up: 9 of 16, before 0 of 20.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"happiness", "rating", "SCORE", "%20"})
  void figureThatThereIsNotIsNamed(String figure) {
    var phase = note("therapy", TODAY.minusDays(5), null);
    var path = "/phases/" + phase;
    assertThat(
            home.ask("GET", path + "/comparison?figure=" + figure, null)
                .problem(400)
                .path("parameter")
                .asString())
        .isEqualTo("figure");
    SERVICE.get(home.path(path + "/pictures/" + figure), home.family().token()).problem(404);
    home.ask("GET", "/phases/nonsense/comparison", null).problem(400);
    home.ask("GET", "/phases/" + new UUID(0, 1) + "/comparison", null).problem(404);
  }

  @Test
  void pictureHasBothSidesAndSaysTheSameInWords() {
    for (int ago = 30; ago > 0; ago -= 2) {
      store(ago, ago > 15 ? 50 + ago % 3 : 70 + ago % 3);
    }
    var phase = note("therapy", TODAY.minusDays(15), null);

    var picture = picture(phase, "score");

    assertThat(picture)
        .startsWith("<svg")
        .contains("Score and “x”", "Rings: before. Diamonds: then.")
        .contains("The thick lines are the middle values:", "were without play")
        .contains("Each mark is a session: 8 before May 5, 2026, 7 from then on.");
    assertThat(picture(note("holiday", TODAY.minusDays(400), TODAY.minusDays(395)), "score"))
        .contains("Nothing to show yet");
  }

  private String picture(String phase, String figure) {
    var reply =
        SERVICE.get(
            home.path("/phases/" + phase + "/pictures/" + figure),
            home.family().token(),
            "Accept-Language",
            "en");
    assertDone(reply, 200);
    return reply.body();
  }

  private String note(String kind, LocalDate day, @Nullable LocalDate until) {
    var added =
        home.ask(
            "POST",
            "/phases",
            "{\"day\": \"%s\", \"until\": %s, \"kind\": \"%s\", \"label\": \"x\"}"
                .formatted(day, until == null ? "null" : "\"" + until + "\"", kind));
    assertDone(added, 201);
    return added.json().path("id").asString();
  }

  private JsonNode effects(String phase, String language) {
    SERVICE.invalidate(home.family().child());
    return SERVICE
        .get(
            home.path("/phases/" + phase + "/comparison"),
            home.family().token(),
            "Accept-Language",
            language)
        .ok();
  }

  private static JsonNode figure(JsonNode effects, String name) {
    return effects
        .path("figures")
        .valueStream()
        .filter(figure -> figure.path("figure").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void store(int daysAgo, int score) {
    StoredHistory.store(
        SERVICE.db(),
        Play.by(home.family().child(), NOON.minus(daysAgo, ChronoUnit.DAYS).minusSeconds(900))
            .interaction(Outcome.CORRECT)
            .completed(score)
            .events());
  }
}
