package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.fixture.People;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

@RealServers
class ChildrenTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  @Test
  void pagesHoldEachOwnChildOnce() {
    var parent = SERVICE.user("parent", "unused");
    var people = new People(SERVICE.db());
    var own = new ArrayList<Long>();
    for (int i = 0; i < 25; i++) {
      own.add(people.child(parent, "Europe/Rome").value());
      SERVICE.family("Europe/Rome");
    }
    var token = Tokens.TRUSTED.of(parent, "parent");

    var first = SERVICE.get("/api/v1/children?limit=10", token).ok();
    var second = SERVICE.get(after(first), token).ok();
    var third = SERVICE.get(after(second), token).ok();

    assertThat(List.of(ids(first), ids(second), ids(third)))
        .containsExactly(own.subList(0, 10), own.subList(10, 20), own.subList(20, 25));
    assertThat(third.path("next_cursor").isNull()).isTrue();
  }

  private static String after(JsonNode page) {
    return "/api/v1/children?limit=10&cursor=" + page.path("next_cursor").asString();
  }

  @Test
  void professionalHasTheAssignedChildrenAndOfThoseTheActiveOnes() {
    var professional = SERVICE.professional();
    var assigned = SERVICE.family("Europe/Rome");
    var gone = SERVICE.family("Europe/Rome");
    SERVICE.family("Europe/Rome");
    SERVICE.assign(professional, assigned.child());
    SERVICE.assign(professional, gone.child());
    SERVICE
        .db()
        .sql("UPDATE children SET is_active = false WHERE id = ?")
        .param(gone.child().value())
        .update();

    var page =
        SERVICE.get("/api/v1/children", Tokens.TRUSTED.of(professional, "professional")).ok();

    assertThat(ids(page)).containsExactly(assigned.child().value());
  }

  @Test
  void profileTellsOfTheChildAndItsWeek() {
    SERVICE.clock().set(NOW);
    var family = SERVICE.family("Europe/Rome");
    SERVICE
        .db()
        .sql(
            """
            UPDATE children SET diagnosis = 'ASD', support_level = 2, current_therapies = '[{"type": "speech"}]',
              safety_protocols = '{"elopement_risk": "high"}', points = 40, level = 1
            WHERE id = ?
            """)
        .param(family.child().value())
        .update();
    for (int daysAgo : List.of(0, 6, 7)) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(family.child(), NOW.minus(daysAgo, ChronoUnit.DAYS))
              .then(Play.brushing(10, EmotionalState.ANXIOUS, EmotionalState.CALM, 5, 4))
              .completed(50)
              .events());
    }

    var profile = SERVICE.get("/api/v1/children/" + family.child(), family.token()).ok();

    assertThat(profile.path("id").longValue()).isEqualTo(family.child().value());
    assertThat(profile.path("parent_id").longValue()).isEqualTo(family.parent());
    assertThat(profile.path("name").asString()).isEqualTo("Sam");
    assertThat(profile.path("last_session_day").asString()).isEqualTo("2026-05-20");
    assertThat(profile.path("recent_sessions_count").longValue()).isEqualTo(2);
    assertThat(profile.path("recent_activities_count").longValue()).isEqualTo(2);
    assertThat(profile.path("current_week_points").longValue()).isEqualTo(20);
    assertThat(profile.path("details").path("current_therapies").get(0).path("type").asString())
        .isEqualTo("speech");
    assertThat(profile.path("details").path("safety_protocols").path("elopement_risk").asString())
        .isEqualTo("high");
  }

  private static List<Long> ids(JsonNode page) {
    return page.path("children").valueStream().map(child -> child.path("id").longValue()).toList();
  }
}
