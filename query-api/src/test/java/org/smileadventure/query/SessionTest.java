package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.common.store.SessionRows;
import org.smileadventure.common.store.StoredSession;
import org.smileadventure.common.store.StoredSessions;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import org.smileadventure.query.fixture.Tokens;
import tools.jackson.databind.JsonNode;

/** One session: its timeline, and what a parent says of it. */
@RealServers
class SessionTest {
  private static final Instant START = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = SERVICE.family("Europe/Rome");

  @BeforeEach
  void soonAfter() {
    SERVICE.clock().set(START.plusSeconds(3_600));
  }

  @Test
  void timelineHoldsEveryEventInItsOrderPageByPage() {
    var id =
        stored(
            Play.by(family.child(), START)
                .interactions(30, Outcome.CORRECT)
                .feeling(EmotionalState.CALM)
                .completed(80));
    var types = new ArrayList<String>();
    var sequences = new ArrayList<Integer>();
    String cursor = null;
    do {
      var page = session(id, cursor == null ? "" : "?cursor=" + cursor).ok();
      assertThat(page.path("session").path("score").intValue()).isEqualTo(80);
      assertThat(page.path("events_kept").booleanValue()).isTrue();
      page.path("timeline")
          .forEach(
              event -> {
                types.add(event.path("type").asString());
                sequences.add(event.path("sequence").intValue());
              });
      cursor = page.path("next_cursor").asStringOpt().orElse(null);
    } while (cursor != null);

    assertThat(sequences).hasSize(33).isSorted().doesNotHaveDuplicates();
    assertThat(types.getFirst()).isEqualTo("session.started");
    assertThat(types.subList(1, 31)).containsOnly("interaction.recorded");
    assertThat(types.subList(31, 33)).containsExactly("emotion.observed", "session.ended");
  }

  @Test
  void eventsThatAreForgottenAreSaidToBe() {
    var id = stored(Play.by(family.child(), START).completed(80));
    SERVICE
        .db()
        .sql(
            "UPDATE forgotten_events SET least_session_id = 'ffffffff-0000-0000-0000-000000000000'")
        .update();
    SERVICE.db().sql("DELETE FROM session_events WHERE session_id = ?").param(id).update();
    try {
      assertThat(session(id, "").ok().path("events_kept").booleanValue()).isFalse();
      rate(id, "{\"rating\": 5}", family.token()).problem(409);
    } finally {
      SERVICE
          .db()
          .sql(
              "UPDATE forgotten_events SET least_session_id = '00000000-0000-0000-0000-000000000000'")
          .update();
    }
  }

  @Test
  void sessionWhoseStartIsLostIsThereWithWhatIsKnown() {
    var play = Play.by(family.child(), START).interactions(3, Outcome.CORRECT).completed(80);
    StoredHistory.store(SERVICE.db(), play.events().subList(1, 5));

    var session = session(play.session().value(), "").ok().path("session");
    assertThat(session.path("session_data_quality").asString()).isEqualTo("partial");
    assertThat(session.path("lost_events").intValue()).isEqualTo(1);
    assertThat(session.path("session_type").isNull()).isTrue();
    assertThat(session.path("scenario_name").isNull()).isTrue();
    assertThat(session.path("duration_seconds").isNull()).isTrue();
    assertThat(session.path("score").intValue()).isEqualTo(80);
    assertThat(session.path("data_quality_notes").toString())
        .isEqualTo("[{\"rule\":\"start_missing\",\"severity\":\"error\"}]");
    var listed = SERVICE.get(family.sessions(), family.token()).ok().path("sessions").get(0);
    assertThat(listed.path("data_quality_notes").size()).isOne();
    var totals = SERVICE.get(family.analytics("30d"), family.token()).ok().path("totals");
    assertThat(totals.path("completed").intValue()).isOne();
    assertThat(totals.path("by_type").path("unknown").path("sessions").intValue()).isOne();
    assertThat(totals.path("minutes").doubleValue()).isZero();
    assertThat(SERVICE.get("/api/v1/dashboard", family.token()).ok().path("last_sessions").size())
        .isOne();
  }

  @Test
  void whatIsLostContradictsItselfOrWasRefusedCanBeSeen() {
    var play = Play.by(family.child(), START).interactions(3, Outcome.CORRECT).completed(80);
    StoredHistory.store(SERVICE.db(), play.events().subList(1, 5));
    stored(
        Play.by(family.child(), START.minusSeconds(500_000_000))
            .after(Duration.ofSeconds(500_000_060))
            .interactions(3, Outcome.CORRECT)
            .completed(70));
    SERVICE
        .db()
        .sql(
            """
            INSERT INTO refused_events (child_id, session_id, seq, type, reason, detail)
            VALUES (:child, :session, 1, 'session.started', 'foreign_session', 'no')
            """)
        .param("child", family.child().value())
        .param("session", play.session().value())
        .update();

    var quality =
        SERVICE.get("/api/v1/children/" + family.child() + "/data-quality", family.token()).ok();
    assertThat(quality.path("partial").intValue()).isOne();
    assertThat(quality.path("complete").intValue()).isOne();
    assertThat(quality.path("lost_events").intValue()).isOne();
    assertThat(quality.path("notes").findValuesAsString("rule"))
        .containsExactly("clock_jumped", "start_missing", "id_contradicts_times");
    assertThat(quality.path("refused").findValuesAsString("reason"))
        .containsExactly("foreign_session");
    var report = SERVICE.get("/api/v1/children/" + family.child() + "/report", family.token()).ok();
    assertThat(report.path("data_notes").toString())
        .contains("1 event was lost on the way")
        .contains("1 session: the clock jumped by more than a day, so the length is not known.")
        .contains("1 event was not stored: the session belongs to another child.");
    var totals = SERVICE.get(family.analytics("all"), family.token()).ok().path("totals");
    assertThat(totals.path("completed").intValue()).isEqualTo(2);
    assertThat(totals.path("minutes").doubleValue()).isZero();
    SERVICE
        .get(
            "/api/v1/children/" + family.child() + "/data-quality",
            SERVICE.family("Europe/Rome").token())
        .problem(404);
  }

  @Test
  void ratingCountsAtOnceInEveryAnswer() {
    var id = stored(Play.by(family.child(), START).interactions(5, Outcome.CORRECT).completed(80));
    SERVICE.get(family.sessions(), family.token()).ok();
    SERVICE.get(family.analytics("30d"), family.token()).ok();

    assertThat(
            rate(
                    id,
                    "{\"rating\": 4, \"notes\": \"brave\", \"observed_behavior\": {\"mood_after\": \"calm\"}}",
                    family.token())
                .status())
        .isEqualTo(204);

    var session = session(id, "").ok().path("session");
    assertThat(session.path("parent_rating").intValue()).isEqualTo(4);
    assertThat(session.path("parent_notes").asString()).isEqualTo("brave");
    assertThat(session.path("next_session_readiness").asString())
        .isEqualTo("ready_for_progression");
    var listed = SERVICE.get(family.sessions(), family.token()).ok().path("sessions").get(0);
    assertThat(listed.path("parent_rating").intValue()).isEqualTo(4);
    assertThat(rating().path("mean").doubleValue()).isEqualTo(4);
    assertThat(behaviour(id)).isEqualTo("calm");
  }

  private static @Nullable String behaviour(UUID id) {
    return SERVICE
        .db()
        .sql("SELECT parent_observed_behavior ->> 'mood_after' FROM game_sessions WHERE id = ?")
        .param(id)
        .query((row, _) -> row.getString(1))
        .single();
  }

  private static void computeAnew(UUID id) {
    var stored = new StoredSessions(SERVICE.db()).read(List.of(new SessionId(id)));
    new SessionRows(SERVICE.db())
        .write(stored.stream().map(StoredSession::computed).flatMap(Optional::stream).toList());
  }

  @Test
  void ratingSaidAgainReplacesWhatWasSaidAndOutlivesAComputation() {
    var id = stored(Play.by(family.child(), START).interactions(5, Outcome.CORRECT).completed(80));
    rate(id, "{\"rating\": 2, \"notes\": \"hard\"}", family.token());
    rate(id, "{\"rating\": 5}", family.token());

    computeAnew(id);

    var session = session(id, "").ok().path("session");
    assertThat(session.path("parent_rating").intValue()).isEqualTo(5);
    assertThat(session.path("parent_notes").isNull()).isTrue();
    assertThat(rating().path("n").longValue()).isEqualTo(1);
  }

  @Test
  void whatReachedUsLaterCountsOfTheDeviceAndTheApplication() {
    var play =
        Play.by(family.child(), START).interactions(5, Outcome.CORRECT).completed(80).rated(3);
    var all = play.events();
    StoredHistory.store(SERVICE.db(), all.subList(0, all.size() - 1));
    var id = all.getFirst().sessionId().value();
    rate(id, "{\"rating\": 5}", family.token());
    StoredHistory.store(SERVICE.db(), all.subList(all.size() - 1, all.size()));

    assertThat(session(id, "").ok().path("session").path("parent_rating").intValue()).isEqualTo(3);

    rate(id, "{\"rating\": 1}", family.token());
    assertThat(session(id, "").ok().path("session").path("parent_rating").intValue()).isEqualTo(1);
  }

  @Test
  void openSessionCannotBeRatedYet() {
    var id = stored(Play.by(family.child(), START).interactions(5, Outcome.CORRECT));
    rate(id, "{\"rating\": 5}", family.token()).problem(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                       | rating",
        "{\"rating\": 0}                          | rating",
        "{\"rating\": 6}                          | rating",
      })
  void ratingOutOfRangeIsNamed(String body, String field) {
    var id = stored(Play.by(family.child(), START).completed(80));
    var problem = rate(id, body, family.token()).problem(400);
    assertThat(problem.path("errors").get(0).path("field").asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "4.0", "0.4e1"})
  void ratingWithoutAFractionIsAnInteger(String four) {
    var id = stored(Play.by(family.child(), START).completed(80));
    assertThat(rate(id, "{\"rating\": %s}".formatted(four), family.token()).status())
        .isEqualTo(204);
    assertThat(session(id, "").ok().path("session").path("parent_rating").intValue()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rating\": 3, \"notes\": \"a\\u0000b\"}",
        "{\"rating\": \"three\"}",
        "{\"rating\": \"3\"}",
        "{\"rating\": 3.7}",
        "{\"rating\": 1e999999999}",
        "[]",
        "{",
      })
  void ratingThatCannotBeReadChangesNothing(String body) {
    var id = stored(Play.by(family.child(), START).completed(80));
    rate(id, body, family.token()).problem(400);
    assertThat(session(id, "").ok().path("session").path("parent_rating").isNull()).isTrue();
  }

  @Test
  void onlyTheParentRates() {
    var id = stored(Play.by(family.child(), START).completed(80));
    var professional = SERVICE.professional();
    SERVICE.assign(professional, family.child());
    rate(id, "{\"rating\": 5}", SERVICE.family("Europe/Rome").token()).problem(404);
    rate(id, "{\"rating\": 5}", Tokens.TRUSTED.of(professional, "professional")).problem(403);
    rate(id, "{\"rating\": 5}", Tokens.TRUSTED.of(professional, "parent")).problem(404);
    assertThat(session(id, "").ok().path("session").path("parent_rating").isNull()).isTrue();
  }

  private JsonNode rating() {
    return SERVICE
        .get(family.analytics("30d"), family.token())
        .ok()
        .path("support")
        .path("parent_rating");
  }

  private static UUID stored(Play play) {
    StoredHistory.store(SERVICE.db(), play.events());
    return play.events().getFirst().sessionId().value();
  }

  private Reply session(UUID id, String query) {
    return SERVICE.get("/api/v1/sessions/" + id + query, family.token());
  }

  private static Reply rate(UUID id, String body, String token) {
    return SERVICE.send(
        "PUT",
        "/api/v1/sessions/" + id + "/rating",
        token,
        body,
        "Content-Type",
        "application/json");
  }
}
