package org.smileadventure.query.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.Payload.EmotionObserved;
import org.smileadventure.common.event.Payload.EmotionalState;
import org.smileadventure.common.event.Payload.Outcome;
import org.smileadventure.common.event.Payload.RegulationUsed;
import org.smileadventure.common.fixture.Play;
import org.smileadventure.common.fixture.StoredHistory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.fixture.ServiceUnderTest.Family;
import tools.jackson.databind.JsonNode;

/** A month in four sentences. */
@RealServers
class StoryTest {
  private static final Instant NOON = Instant.parse("2026-05-20T10:00:00Z");

  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.start();

  private final Family family = SERVICE.family("Europe/Rome");

  StoryTest() {
    SERVICE.clock().set(NOON);
  }

  @Test
  void fourSentencesTellWhatIsClearInBothLanguages() {
    calmingDown();

    var english = story("en");
    assertThat(english.path("name").asString()).isEqualTo("Sam");
    assertThat(sentences(english))
        .containsExactly(
            "Sam calmed down faster: from about 48 to 15 seconds.",
            "Sam's score went up: from about 40 to 84 points.",
            "With noise, Sam got upset 12 of 12 times. That is more than without.",
            "With music, Sam calmed down faster: in about 22 seconds. Without a strategy it took"
                + " about 40 seconds.");
    assertThat(sentences(story("it")))
        .containsExactly(
            "Sam si calma più in fretta: da circa 48 a 15 secondi.",
            "Il punteggio di Sam è salito: da circa 40 a 84 punti.",
            "Con rumore, Sam ha provato disagio 12 volte su 12. È più spesso che senza.",
            "Con musica, Sam si calma più in fretta: in circa 22 secondi. Senza una strategia, in"
                + " circa 40 secondi.");
    assertThat(field(english, "topic")).containsExactly("calm", "progress", "upsets", "helps");
    assertThat(field(english, "figure"))
        .containsExactly("recovery", "score", "triggers", "strategies");
    assertThat(field(english, "certainty")).containsOnly("clear");
    for (var sentence : english.path("sentences")) {
      assertThat(sentence.path("needed").isNull()).isTrue();
      assertThat(sentence.path("why")).isNotEmpty();
    }
    assertThat(why(english, 0)).contains("This rests on 12 sessions on 12 days.");
    assertThat(why(english, 2))
        .containsExactly(
            "It was seen 12 times: noise.",
            "In all, Sam got upset 12 of 24 times that a feeling was seen.",
            "By chance alone, it would look like this at most 0.1 of 100 times.",
            "2 things were looked at. Of those that look like this or more, about 0.1 of 100 are"
                + " chance.");
    assertThat(why(english, 3))
        .contains(
            "Sam was upset 6 times with music, 6 times without any strategy. Only times with the"
                + " same trigger are compared.");
    assertThat(texts(english.path("next")))
        .anyMatch(next -> next.contains("noise"))
        .anyMatch(next -> next.startsWith("Use music: the child calms down about 18 seconds"));
    assertThat(english.path("before").path("from").asString()).isEqualTo("2026-03-22");
    assertThat(english.path("before").path("to").asString()).isEqualTo("2026-04-20");
  }

  /** Calms down three seconds faster each day, and with music from the middle on. */
  private void calmingDown() {
    for (int day = 0; day < 12; day++) {
      var play =
          Play.by(
                  family.child(),
                  NOON.minus(12 - day, ChronoUnit.DAYS).minusSeconds(900),
                  EmotionalState.CALM)
              .interaction(Outcome.CORRECT)
              .then(new EmotionObserved(EmotionalState.ANXIOUS, 3, "noise", null));
      if (day >= 6) {
        play.then(new RegulationUsed("music", 4, true));
      }
      // The step before took one.
      play.after(Duration.ofSeconds(48 - 3 * day - (day >= 6 ? 1 : 0)))
          .feeling(EmotionalState.CALM)
          .completed(40 + 4 * day);
      StoredHistory.store(SERVICE.db(), play.events());
    }
  }

  @Test
  void childWithoutSessionsIsToldWhatIsNeeded() {
    var story = story("en");

    assertThat(field(story, "certainty")).containsOnly("too_early");
    assertThat(sentences(story))
        .containsExactly(
            "It is too early to tell how fast Sam calms down.",
            "It is too early to tell how Sam's score goes.",
            "It is too early to tell what Sam gets upset with.",
            "It is too early to tell what helps Sam.");
    for (var sentence : story.path("sentences")) {
      assertThat(sentence.path("needed").path("n").longValue()).isPositive();
      assertThat(sentence.path("needed").path("by").isNull()).isTrue();
      assertThat(sentence.path("needed").path("sentence").asString()).isNotBlank();
    }
  }

  /** What varies by chance is not told as a change. */
  @Test
  void sentencePromisesNoMoreThanTheFigure() {
    var scores = List.of(50, 62, 47, 58, 51, 60, 49, 55);
    for (int day = 0; day < scores.size(); day++) {
      StoredHistory.store(
          SERVICE.db(),
          Play.by(
                  family.child(),
                  NOON.minus(scores.size() - day, ChronoUnit.DAYS).minusSeconds(900),
                  EmotionalState.CALM)
              .interaction(Outcome.CORRECT)
              .feeling(EmotionalState.HAPPY)
              .completed(scores.get(day))
              .events());
    }
    var progress = story("en").path("sentences").get(1);
    assertThat(progress.path("certainty").asString()).isEqualTo("unclear");
    assertThat(progress.path("sentence").asString())
        .isEqualTo("Sam's score is about the same as before: 54 points.");
  }

  /** Music has 5 of 5 each time; and without it, it goes as well. */
  @Test
  void adviceIsNoSurerThanTheSentence() {
    for (int day = 0; day < 16; day++) {
      var play =
          Play.by(
                  family.child(),
                  NOON.minus(16 - day, ChronoUnit.DAYS).minusSeconds(900),
                  EmotionalState.CALM)
              .then(new EmotionObserved(EmotionalState.ANXIOUS, 3, "noise", null));
      if (day % 2 == 0) {
        play.then(new RegulationUsed("music", 5, true));
      }
      StoredHistory.store(
          SERVICE.db(),
          play.after(Duration.ofSeconds(20 + day % 5))
              .feeling(EmotionalState.CALM)
              .completed(50)
              .events());
    }
    var story = story("en");
    assertThat(sentences(story)).contains("Nothing stands out that helps Sam.");
    assertThat(why(story, 3))
        .containsExactly("In all, music was used 8 times. No difference can be told.");
    assertThat(texts(story.path("next"))).noneMatch(next -> next.contains("music"));
  }

  @Test
  void writeAboutTheChildIsInTheNextStory() {
    assertThat(field(story("en"), "certainty")).containsOnly("too_early");
    calmingDown();
    SERVICE.invalidate(family.child());
    assertThat(field(story("en"), "certainty")).containsOnly("clear");
  }

  private JsonNode story(String language) {
    return SERVICE
        .get(
            "/api/v1/children/" + family.child() + "/story?window=30d",
            family.token(),
            "Accept-Language",
            language)
        .ok();
  }

  private static List<String> sentences(JsonNode story) {
    return field(story, "sentence");
  }

  private static List<String> field(JsonNode story, String name) {
    return story.path("sentences").valueStream().map(s -> s.path(name).asString()).toList();
  }

  private static List<String> why(JsonNode story, int sentence) {
    return texts(story.path("sentences").get(sentence).path("why"));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
