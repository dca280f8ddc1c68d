package org.smileadventure.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.json.JsonMapper;

/** What all answers have in common: parts of them, entity tags, compression. */
@RealServers
class AnswerTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = played();

  private static Family played() {
    SERVICE.clock().set(NOW);
    var family = SERVICE.family("Europe/Rome");
    StoredHistory.store(
        SERVICE.db(),
        Play.by(family.child(), NOW.minusSeconds(600))
            .interaction(Outcome.CORRECT)
            .completed(50)
            .events());
    return family;
  }

  @Test
  void fieldsLeaveOutEverythingElse() {
    var all = SERVICE.get(family.analytics("30d"), family.token()).ok();
    var part =
        SERVICE
            .get(
                family.analytics("30d") + "&fields=score.trend.n,totals.sessions,score.mean",
                family.token())
            .ok();
    assertThat(part)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"totals\": {\"sessions\": 1}, \"score\": {\"mean\": 50.0, \"trend\": {\"n\": 1}}}"));
    assertThat(all.size()).isGreaterThan(20);
  }

  @Test
  void fieldsOfAListAreThoseOfItsItems() {
    var part = SERVICE.get(family.sessions() + "?fields=sessions.score,limit", family.token()).ok();
    assertThat(part)
        .isEqualTo(
            JsonMapper.shared().readTree("{\"sessions\": [{\"score\": 50}], \"limit\": 20}"));
  }

  @Test
  void sideOfTheAnalyticsIsAPartOfThem() {
    var all = SERVICE.get(family.analytics("30d"), family.token()).ok();
    for (var side : new String[] {"trends", "emotions", "triggers", "strategies", "scenarios"}) {
      var part =
          SERVICE
              .get(
                  "/api/v1/children/" + family.child() + "/" + side + "?window=30d", family.token())
              .ok();
      assertThat(part.size()).isBetween(5, all.size() - 1);
      part.forEachEntry(
          (name, value) -> {
            if (!name.equals("totals")) {
              assertThat(value).as(name).isEqualTo(all.path(name));
            }
          });
    }
    var emotions = "/api/v1/children/" + family.child() + "/emotions?fields=";
    SERVICE.get(emotions + "emotions.states", family.token()).ok();
    SERVICE.get(emotions + "score", family.token()).problem(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "score.nothing", "a..b", "", "score,", "*", "Score"})
  void fieldThatThereIsNotIsNamed(String fields) {
    for (int i = 0; i < 2; i++) {
      var problem =
          SERVICE.get(family.analytics("30d") + "&fields=" + fields, family.token()).problem(400);
      assertThat(problem.path("parameter").asString()).isEqualTo("fields");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/dashboard",
        "/api/v1/children",
        "/api/v1/children/{id}",
        "/api/v1/children/{id}/analytics?window=90d",
        "/api/v1/children/{id}/analytics?from=2026-05-01&to=2026-05-20",
        "/api/v1/children/{id}/trends?fields=score",
        "/api/v1/children/{id}/sessions?limit=5",
        "/api/v1/children/{id}/activities",
        "/api/v1/children/{id}/report"
      })
  void answerThatHasNotChangedIsNotSentAgain(String path) {
    var url = path.replace("{id}", family.child().toString());
    var first = SERVICE.get(url, family.token());
    first.ok();
    SERVICE.clock().set(NOW.plusSeconds(60));
    SERVICE.invalidate(family.child());

    var again =
        SERVICE.get(url, family.token(), "If-None-Match", String.valueOf(first.header("ETag")));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    StoredHistory.store(
        SERVICE.db(),
        Play.by(family.child(), NOW)
            .then(Play.brushing(5, null, null, null, null))
            .completed(99)
            .events());
    SERVICE
        .db()
        .sql("UPDATE children SET level = 7 WHERE id = ?")
        .param(family.child().value())
        .update();
    SERVICE.invalidate(family.child());
    assertThat(
            SERVICE
                .get(url, family.token(), "If-None-Match", String.valueOf(first.header("ETag")))
                .status())
        .isEqualTo(200);
  }

  @Test
  void partsOfAnAnswerHaveTagsOfTheirOwn() {
    var whole = SERVICE.get(family.analytics("30d"), family.token()).header("ETag");
    var score =
        SERVICE.get(family.analytics("30d") + "&fields=score", family.token()).header("ETag");
    var totals =
        SERVICE.get(family.analytics("30d") + "&fields=totals", family.token()).header("ETag");
    assertThat(new String[] {whole, score, totals}).doesNotHaveDuplicates();
  }

  @Test
  void answerIsCompressedForWhoCanReadIt() throws IOException, InterruptedException {
    var plain = SERVICE.get(family.analytics("30d"), family.token());
    var request =
        HttpRequest.newBuilder(URI.create(SERVICE.address() + family.analytics("30d")))
            .header("Authorization", "Bearer " + family.token())
            .header("Accept-Encoding", "gzip")
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var reply = http.send(request, BodyHandlers.ofByteArray());
      assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(reply.headers().firstValue("ETag")).contains(String.valueOf(plain.header("ETag")));
      assertThat(reply.body().length).isLessThan(plain.body().length() / 2);
      try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
        assertThat(new String(unzipped.readAllBytes(), UTF_8)).isEqualTo(plain.body());
      }
    }
  }
}
