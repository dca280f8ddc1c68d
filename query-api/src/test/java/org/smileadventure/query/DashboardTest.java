package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.cache.Answer;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.AnswerCache.Computed;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import redis.clients.jedis.UnifiedJedis;
import tools.jackson.databind.JsonNode;

@RealServers
class DashboardTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  /** The analytics are held against an oracle: each figure here has to be the one that is there. */
  @ParameterizedTest
  @ValueSource(longs = {2, 4, 6})
  void cardsSayWhatTheAnalyticsSay(long seed) {
    var random = new Random(seed);
    var zone = RandomHistory.anyZone(random);
    var parent = SERVICE.user("parent", "unused");
    var children =
        List.of(
            child(parent, zone.getId()), child(parent, zone.getId()), child(parent, zone.getId()));
    var token = Tokens.TRUSTED.of(parent, "parent");
    var today = RandomHistory.of(children.getFirst(), zone, new Random(seed)).today();
    for (var child : children) {
      StoredHistory.store(SERVICE.db(), RandomHistory.of(child, zone, random).events());
    }
    SERVICE.clock().set(today.atTime(LocalTime.NOON).atZone(zone).toInstant());

    var dashboard = SERVICE.get("/api/v1/dashboard", token).ok();

    assertThat(dashboard.path("total_children").longValue()).isEqualTo(3);
    assertThat(dashboard.path("children").size()).isEqualTo(3);
    long sessionsOfWeek = 0;
    long pointsOfWeek = 0;
    for (int i = 0; i < 3; i++) {
      var card = dashboard.path("children").get(i);
      assertThat(card.path("child_id").longValue()).isEqualTo(children.get(i).value());
      var week = analytics(children.get(i), "7d", token);
      var month = analytics(children.get(i), "30d", token);
      assertPeriod(card.path("week"), week);
      assertPeriod(card.path("month"), month);
      assertThat(card.path("score_mean")).isEqualTo(month.path("score").path("mean"));
      assertThat(card.path("engagement_mean")).isEqualTo(month.path("engagement").path("mean"));
      for (var measure : List.of("score", "engagement", "success", "duration", "recovery")) {
        assertThat(card.path("trends").path(measure))
            .isEqualTo(month.path(measure).path("trend").path("direction"));
      }
      assertThat(card.path("risks")).isEqualTo(month.path("risks"));
      sessionsOfWeek += week.path("totals").path("sessions").longValue();
      pointsOfWeek += week.path("totals").path("points").longValue();
    }
    assertThat(dashboard.path("week").path("sessions").longValue()).isEqualTo(sessionsOfWeek);
    assertThat(dashboard.path("points").size()).isEqualTo(7);
    assertThat(dashboard.path("points").valueStream().mapToLong(JsonNode::longValue).sum())
        .isEqualTo(pointsOfWeek);
    var starts =
        dashboard
            .path("last_sessions")
            .valueStream()
            .map(session -> session.path("started_at").asString())
            .toList();
    assertThat(starts)
        .isEqualTo(
            SERVICE
                .db()
                .sql(
                    """
                    SELECT started_at FROM game_sessions g
                    JOIN children c ON c.id = g.child_id AND c.parent_id = ?
                    ORDER BY started_at DESC LIMIT 10
                    """)
                .param(parent)
                .query((row, _) -> row.getTimestamp(1).toInstant().toString())
                .list());
  }

  @Test
  void whatWasPlayedIsTheSameFromTheCacheAndNewOnceItsChildIsInvalidated() {
    SERVICE.clock().set(NOON.plus(Duration.ofHours(1)));
    var parent = SERVICE.user("parent", "unused");
    var token = Tokens.TRUSTED.of(parent, "parent");
    var playing = child(parent, "Europe/Rome");
    var still = child(parent, "Europe/Rome");
    play(playing, NOON);
    play(still, NOON);
    var first = SERVICE.get("/api/v1/dashboard", token).ok();
    assertThat(sessions(first)).containsExactly(1, 1);

    play(playing, NOON.plusSeconds(60));
    play(still, NOON.plusSeconds(60));
    SERVICE.clock().advance(Duration.ofMinutes(1));
    assertThat(SERVICE.get("/api/v1/dashboard", token).ok()).isEqualTo(first);

    SERVICE.invalidate(playing);

    var dashboard = SERVICE.get("/api/v1/dashboard", token).ok();
    assertThat(sessions(dashboard)).as("the other one's are still cached").containsExactly(2, 1);
    assertThat(dashboard.path("week").path("sessions").intValue()).isEqualTo(3);
    assertThat(dashboard.path("last_sessions").size()).isEqualTo(3);
    assertThat(dashboard.path("last_sessions").get(0).path("started_at").asString())
        .isEqualTo(NOON.plusSeconds(60).toString());
  }

  @Test
  void anotherDayIsAnotherWeek() {
    SERVICE.clock().set(NOON.plus(Duration.ofHours(1)));
    var parent = SERVICE.user("parent", "unused");
    var token = Tokens.TRUSTED.of(parent, "parent");
    play(child(parent, "Europe/Rome"), NOON);
    assertThat(sessions(SERVICE.get("/api/v1/dashboard", token).ok())).containsExactly(1);
    SERVICE.clock().advance(Duration.ofDays(7));
    assertThat(sessions(SERVICE.get("/api/v1/dashboard", token).ok())).containsExactly(0);
  }

  @Test
  void childrenAreThoseOfTheMomentThoughTheirPlayIsCached() {
    SERVICE.clock().set(NOON.plus(Duration.ofHours(1)));
    var parent = SERVICE.user("parent", "unused");
    var token = Tokens.TRUSTED.of(parent, "parent");
    var stays = child(parent, "UTC");
    var goes = child(parent, "UTC");
    SERVICE.get("/api/v1/dashboard", token).ok();
    var comes = child(parent, "UTC");
    SERVICE
        .db()
        .sql("UPDATE children SET is_active = false WHERE id = ?")
        .param(goes.value())
        .update();
    SERVICE.db().sql("UPDATE children SET name = 'Ada' WHERE id = ?").param(stays.value()).update();

    var dashboard = SERVICE.get("/api/v1/dashboard", token).ok();

    assertThat(dashboard.path("total_children").intValue()).isEqualTo(2);
    assertThat(
            dashboard.path("children").valueStream().map(card -> card.path("child_id").longValue()))
        .containsExactly(stays.value(), comes.value());
    assertThat(dashboard.path("children").get(0).path("name").asString()).isEqualTo("Ada");
  }

  @Test
  void whatAnotherVersionHasCachedInAFormOfItsOwnIsComputed() {
    SERVICE.clock().set(NOON.plus(Duration.ofHours(1)));
    var parent = SERVICE.user("parent", "unused");
    var child = child(parent, "UTC");
    play(child, NOON);
    var token = Tokens.TRUSTED.of(parent, "parent");
    SERVICE.get("/api/v1/dashboard", token).ok();
    var name = "viewer:" + parent + ":glance:2026-03-02";
    assertThat(SERVICE.context().getBean(UnifiedJedis.class).hkeys("{child:" + child + "}:answers"))
        .containsExactly(name);
    SERVICE.invalidate(child);
    var body = "{\"week\":{\"sessions\":\"none\"}}".getBytes(UTF_8);
    SERVICE
        .context()
        .getBean(AnswerCache.class)
        .answer(
            child,
            name,
            Duration.ofMinutes(15),
            () -> Optional.of(new Computed(Answer.of(body, NOON), Instant.MAX)));
    assertThat(sessions(SERVICE.get("/api/v1/dashboard", token).ok())).containsExactly(1);
  }

  @Test
  void professionalMeetsNothingCachedAndEachLookIsOnRecord() {
    SERVICE.clock().set(NOON.plus(Duration.ofHours(1)));
    var parent = SERVICE.user("parent", "unused");
    var child = child(parent, "UTC");
    var professional = SERVICE.professional();
    SERVICE.assign(professional, child);
    SERVICE.get("/api/v1/dashboard", Tokens.TRUSTED.of(parent, "parent")).ok();
    var token = Tokens.TRUSTED.of(professional, "professional");
    for (int looks = 1; looks <= 2; looks++) {
      play(child, NOON.plusSeconds(60L * looks));
      assertThat(sessions(SERVICE.get("/api/v1/dashboard", token).ok())).containsExactly(looks);
      assertThat(
              SERVICE
                  .db()
                  .sql("SELECT count(*) FROM audit_log WHERE child = ? AND actor = ?")
                  .params(child.value(), professional)
                  .query(Integer.class)
                  .single())
          .isEqualTo(looks);
    }
  }

  private static void play(ChildId child, Instant start) {
    StoredHistory.store(SERVICE.db(), Play.by(child, start).completed(50).events());
  }

  private static List<Integer> sessions(JsonNode dashboard) {
    return dashboard
        .path("children")
        .valueStream()
        .map(card -> card.path("week").path("sessions").intValue())
        .toList();
  }

  private static void assertPeriod(JsonNode period, JsonNode analytics) {
    var totals = analytics.path("totals");
    for (var name : List.of("sessions", "completed", "minutes", "activities", "points")) {
      assertThat(period.path(name)).as(name).isEqualTo(totals.path(name));
    }
  }

  @Test
  void parentWithoutChildrenHasTheSameFieldsWithNothingInThem() {
    var dashboard =
        SERVICE
            .get("/api/v1/dashboard", Tokens.TRUSTED.of(SERVICE.user("parent", "unused"), "parent"))
            .ok();
    assertThat(dashboard.path("total_children").longValue()).isZero();
    assertThat(dashboard.path("children").isEmpty()).isTrue();
    assertThat(dashboard.path("week").path("sessions").longValue()).isZero();
    assertThat(dashboard.path("last_sessions").isEmpty()).isTrue();
  }

  private static ChildId child(long parent, String zone) {
    return new People(SERVICE.db()).child(parent, zone);
  }

  private static JsonNode analytics(ChildId child, String window, String token) {
    return SERVICE.get("/api/v1/children/" + child + "/analytics?window=" + window, token).ok();
  }
}
