package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.PlayedSession;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import redis.clients.jedis.UnifiedJedis;

@RealServers
class CacheTest {
  private static final ZoneId ROME = ZoneId.of("Europe/Rome");
  private static final Instant NOON = Instant.parse("2026-01-15T11:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = SERVICE.family("Europe/Rome");

  @BeforeEach
  void noon() {
    SERVICE.clock().set(NOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytics", "analytics?window=all", "sessions"})
  void secondAnswerIsTheFirstOne(String view) {
    play(NOON);
    var first = get(view);
    SERVICE.clock().advance(Duration.ofMinutes(1));
    var second = get(view);

    assertThat(first.cacheStatus()).isEqualTo("fwd=miss");
    assertThat(second.cacheStatus()).isEqualTo("hit");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(second.header("Content-Type")).isEqualTo("application/json");
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache, private");
    assertThat(second.header("Cache-Control")).isEqualTo("no-cache, private");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytics", "sessions"})
  void whoHasTheAnswerIsToldSoWithoutABody(String view) {
    play(NOON);
    var etag = Objects.requireNonNull(get(view).header("ETag"));
    var again = get(view, "If-None-Match", etag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(etag);
    assertThat(get(view, "If-None-Match", "\"another\"").status()).isEqualTo(200);
  }

  @Test
  void everyKeyIsInTheCatalogueOfWhatIsKept() {
    SERVICE.clock().set(Instant.now());
    var scene = new Scene(SERVICE, Scene.State.ACTIVE);
    // All that is answered by GET about a child, by a guardian.
    assertThat(
            Scene.described(SERVICE)
                .filter(asked -> asked.matches("GET /api/v1/(children.*|dashboard)")))
        .isNotEmpty()
        .allSatisfy(
            asked -> {
              var reply = scene.call(asked, Scene.Caller.PARENT);
              assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            });
    var keys =
        SERVICE.context().getBean(UnifiedJedis.class).keys("*").stream()
            .map(key -> key.replaceFirst("\\d+", "ID").replaceFirst("(:lease:).*", "$1*"))
            .distinct()
            .toList();
    assertThat(keys).contains("{child:ID}:answers");
    assertThat(
            SERVICE
                .db()
                .sql("SELECT name FROM personal_data WHERE place = 'key'")
                .query(String.class)
                .list())
        .containsAll(keys);
  }

  @Test
  void writtenSessionIsSeenOnceItsChildIsInvalidated() {
    play(NOON);
    var before = get("analytics");
    get("sessions");
    play(NOON.plusSeconds(60));
    assertThat(get("analytics").body()).isEqualTo(before.body());

    SERVICE.invalidate(family.child());

    var after = get("analytics", "If-None-Match", Objects.requireNonNull(before.header("ETag")));
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.cacheStatus()).isEqualTo("fwd=miss");
    assertThat(after.json().path("totals").path("sessions").intValue()).isEqualTo(2);
    assertThat(get("sessions").json().path("sessions").size()).isEqualTo(2);
  }

  @Test
  void invalidatedChildIsInvalidatedForEveryViewerAndWindow() {
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    var token = Tokens.TRUSTED.of(professional, "professional");
    SERVICE.get(family.analytics("7d"), token).ok();
    SERVICE.get(family.analytics("all"), token).ok();
    get("analytics");
    play(NOON);

    SERVICE.invalidate(family.child());

    for (var window : List.of("7d", "all")) {
      assertThat(sessions(SERVICE.get(family.analytics(window), token))).isEqualTo(1);
    }
    assertThat(sessions(get("analytics"))).isEqualTo(1);
  }

  @Test
  void answersOfOtherChildrenStay() {
    var other = SERVICE.family("Europe/Rome");
    SERVICE.get(other.sessions(), other.token()).ok();
    SERVICE.invalidate(family.child());
    assertThat(SERVICE.get(other.sessions(), other.token()).cacheStatus()).isEqualTo("hit");
  }

  @Test
  void windowsHaveAnswersOfTheirOwn() {
    play(NOON.minus(Duration.ofDays(20)));
    assertThat(sessions(get("analytics?window=7d"))).isZero();
    assertThat(sessions(get("analytics?window=30d"))).isEqualTo(1);
    assertThat(sessions(get("analytics?window=7d"))).isZero();
  }

  @Test
  void pagesOtherThanTheFirstAreNotKept() {
    get("sessions");
    for (var view : List.of("sessions?limit=1", "sessions?limit=21")) {
      assertThat(get(view).cacheStatus()).isEqualTo("fwd=miss");
      assertThat(get(view).cacheStatus()).isEqualTo("fwd=miss");
    }
  }

  @Test
  void figuresOfAWindowEndAtTheChildsMidnight() {
    play(Instant.parse("2026-01-09T10:00:00Z")); // in the window until midnight
    SERVICE.clock().set(Instant.parse("2026-01-15T22:50:00Z"));
    assertThat(sessions(get("analytics?window=7d"))).isEqualTo(1);

    SERVICE.clock().set(Instant.parse("2026-01-15T22:59:59.999Z"));
    assertThat(get("analytics?window=7d").cacheStatus()).isEqualTo("hit");

    SERVICE.clock().set(Instant.parse("2026-01-15T23:00:00Z"));
    var tomorrow = get("analytics?window=7d");
    assertThat(tomorrow.cacheStatus()).isEqualTo("fwd=miss");
    assertThat(tomorrow.json().path("window").path("to").asString()).isEqualTo("2026-01-16");
    assertThat(sessions(tomorrow)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"analytics, 810, 990", "sessions, 270, 330"}) // a tenth less and a tenth more
  void answerIsKeptForAsLongAsItsKindIs(String view, int leastSeconds, int mostSeconds) {
    get(view);
    SERVICE.clock().set(NOON.plusSeconds(leastSeconds - 1));
    assertThat(get(view).cacheStatus()).isEqualTo("hit");
    SERVICE.clock().set(NOON.plusSeconds(mostSeconds + 1));
    assertThat(get(view).cacheStatus()).isEqualTo("fwd=miss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytics", "sessions"})
  void refusalIsNotKept(String view) {
    var professional = SERVICE.professional();
    var token = Tokens.TRUSTED.of(professional, "professional");
    var path = "/api/v1/children/" + family.child() + "/" + view;
    SERVICE.get(path, token).problem(404);
    SERVICE.assign(professional, family.child());
    SERVICE.get(path, token).ok();
  }

  @Test
  void whatAParentGotIsNotGivenToSomebodyElse() {
    play(NOON);
    var parents = get("analytics");
    SERVICE.clock().advance(Duration.ofSeconds(5));
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    var own = SERVICE.get(family.analytics("30d"), Tokens.TRUSTED.of(professional, "professional"));
    assertThat(own.cacheStatus()).isEqualTo("fwd=miss");
    assertThat(own.body()).isNotEqualTo(parents.body());
  }

  @Test
  void manyWhoAskAtOnceAreAllAnsweredTheSame() throws Exception {
    play(NOON);
    try (var readers = Executors.newFixedThreadPool(16)) {
      var asked = new ArrayList<Callable<Reply>>();
      for (int i = 0; i < 64; i++) {
        asked.add(() -> get("analytics"));
      }
      var bodies = new ArrayList<String>();
      for (var reply : readers.invokeAll(asked)) {
        reply.get().ok();
        bodies.add(reply.get().body());
      }
      assertThat(bodies).hasSize(64).containsOnly(bodies.getFirst());
    }
  }

  private void play(Instant start) {
    PlayedSession.completed(start, 50).store(SERVICE.db(), family.child(), ROME);
  }

  private Reply get(String view, String... headers) {
    return SERVICE.get("/api/v1/children/" + family.child() + "/" + view, family.token(), headers);
  }

  private static int sessions(Reply reply) {
    return reply.ok().path("totals").path("sessions").intValue();
  }
}
