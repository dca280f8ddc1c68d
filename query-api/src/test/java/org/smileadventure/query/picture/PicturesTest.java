package org.smileadventure.query.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.Reply;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;

@RealServers
class PicturesTest {
  private static final Instant NOW = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private static Family playing() {
    SERVICE.clock().set(NOW);
    var family = SERVICE.family("Europe/Rome");
    for (int day = 0; day < 12; day++) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(family.child(), NOW.minus(12 - day, ChronoUnit.DAYS))
              .interactions(10, Outcome.CORRECT)
              .feeling(EmotionalState.ANXIOUS)
              .feeling(EmotionalState.CALM)
              .completed(40 + 4 * day)
              .events());
    }
    return family;
  }

  private static Reply picture(Family family, String name, String... headers) {
    return SERVICE.get(
        "/api/v1/children/%s/pictures/%s".formatted(family.child(), name), family.token(), headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score",
        "engagement",
        "success",
        "duration",
        "recovery",
        "distress",
        "rating",
        "emotions",
        "triggers",
        "strategies",
        "hours",
        "weekdays",
        "support",
        "learning"
      })
  void everyFigureIsAPictureOfAPlayingChildAndOfOneThatNeverPlayed(String name) {
    SERVICE.clock().set(NOW);
    for (var family : new Family[] {playing(), SERVICE.family("Europe/Rome")}) {
      for (var window :
          new String[] {"?window=30d", "?window=all", "?from=2026-05-01&to=2026-05-20"}) {
        var reply = picture(family, name + window, "Accept", "image/svg+xml");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(reply.header("Content-Language")).isEqualTo("en");
        assertThat(reply.body())
            .startsWith("<svg xmlns=")
            .contains("id=\"pic-" + family.child() + "-" + name + "-")
            .doesNotContain("style=", "<style", "<script");
      }
    }
  }

  @Test
  void wordsOfAPictureAreTheFiguresOfTheAnswer() {
    var family = playing();
    var figure =
        SERVICE.get("/api/v1/children/" + family.child() + "/figures/score", family.token()).ok();
    var mean = figure.path("measure").path("mean").doubleValue();

    var svg = picture(family, "score").body();

    assertThat(mean).isEqualTo(62);
    assertThat(svg)
        .contains(figure.path("sentence").asString().replace("&", "&amp;"))
        .contains("The mean is 62, of 12 sessions.");
    var emotions =
        SERVICE.get(family.analytics("30d"), family.token()).ok().path("emotions").path("states");
    for (var state : emotions.propertyNames()) {
      assertThat(picture(family, "emotions").body()).contains(">" + state + "<");
    }
  }

  @Test
  void childThatHasHardlyPlayedGetsAPictureThatSaysSo() {
    SERVICE.clock().set(NOW);
    var family = SERVICE.family("Europe/Rome");
    assertThat(picture(family, "score").body()).contains(">Nothing to show yet<");
    StoredHistory.store(
        SERVICE.db(),
        Play.by(family.child(), NOW.minusSeconds(900))
            .interactions(3, Outcome.CORRECT)
            .completed(50)
            .events());
    SERVICE.invalidate(family.child());
    assertThat(picture(family, "score").body()).contains(">too early to tell<");
  }

  @Test
  void pictureIsKeptForWhoAskedInTheirLanguage() {
    var family = playing();
    assertThat(picture(family, "score", "Accept-Language", "it").body()).contains(">Punteggio<");
    var english = picture(family, "score");
    assertThat(english.body()).contains(">Score<");
    assertThat(picture(family, "score").cacheStatus()).isEqualTo("hit");
    assertThat(picture(family, "score").header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(
            picture(family, "score", "If-None-Match", String.valueOf(english.header("ETag")))
                .status())
        .isEqualTo(304);
  }

  @Test
  void pictureThatThereIsNotIsToldWithThoseThatThereAre() {
    var problem = picture(SERVICE.family("Europe/Rome"), "mona-lisa").problem(404);
    assertThat(problem.path("pictures").toString()).contains("score", "learning");
  }
}
