package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.RandomHistory;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.SessionPacking;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;

/** Whether events are packed is not seen by who reads them. */
@RealServers
class PackedSessionsTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  private final Family family = SERVICE.family("Europe/Rome");

  @Test
  void exportTimelineAndStatementsAreTheSame() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    StoredHistory.store(
        SERVICE.db(), RandomHistory.of(family.child(), ZoneId.of("Europe/Rome"), random).events());
    var play = Play.by(family.child(), NOON).interactions(120, Outcome.CORRECT).completed(80);
    for (int from = 0; from < play.events().size(); from += 7) {
      StoredHistory.store(
          SERVICE.db(), play.events().subList(from, Math.min(from + 7, play.events().size())));
    }
    SERVICE
        .db()
        .sql(
            "UPDATE session_events SET received_at = received_at - first_seq * interval '1.000001 s'")
        .update();
    var export = export();
    var statements = pages("/children/%s/statements?limit=23".formatted(family.child()));
    var timeline = pages("/sessions/%s?limit=11".formatted(play.session().value()));
    assertThat(timeline).hasSizeGreaterThan(10);

    var sessions = sessions();
    assertThat(new SessionPacking(SERVICE.db()).pack(sessions).packed())
        .as("seed %d", seed)
        .isEqualTo(sessions.size());

    assertThat(export()).as("seed %d", seed).isEqualTo(export);
    assertThat(pages("/children/%s/statements?limit=23".formatted(family.child())))
        .as("seed %d", seed)
        .isEqualTo(statements);
    assertThat(pages("/sessions/%s?limit=11".formatted(play.session().value())))
        .isEqualTo(timeline);
  }

  private JsonNode export() {
    return SERVICE
        .get("/api/v1/children/%s/export".formatted(family.child()), family.token())
        .ok()
        .path("events");
  }

  /** Without what says when they were made. */
  private List<String> pages(String path) {
    var pages = new ArrayList<String>();
    var next = "/api/v1" + path;
    while (!next.isEmpty()) {
      var page = SERVICE.get(next, family.token()).ok();
      pages.add(page.path("timeline") + "" + page.path("statements"));
      var cursor = page.path("next_cursor").asStringOpt();
      next =
          page.has("more")
              ? page.path("more").asString()
              : cursor.map(after -> "/api/v1" + path + "&cursor=" + after).orElse("");
    }
    return pages;
  }

  private List<SessionPacking.Key> sessions() {
    return SERVICE
        .db()
        .sql("SELECT DISTINCT session_id FROM session_events WHERE child_id = ?")
        .param(family.child().value())
        .query(
            (row, _) ->
                new SessionPacking.Key(family.child(), new SessionId(row.getObject(1, UUID.class))))
        .list();
  }
}
