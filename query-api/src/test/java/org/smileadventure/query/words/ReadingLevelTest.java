package org.smileadventure.query.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.fixture.ReadingEase;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;

/** Sentences are for a tired reader. */
class ReadingLevelTest {
  /** Numbers and names as they come, for every argument that there is. */
  private static final Map<String, Object> ARGUMENTS = arguments();

  private static Map<String, Object> arguments() {
    var day = LocalDate.of(2026, 5, 20);
    var all = new HashMap<String, Object>();
    Stream.of("name", "title", "trigger", "strategy", "scenario", "label", "span", "way")
        .forEach(a -> all.put(a, "Sam"));
    Stream.of("from", "to", "mean", "early", "late", "least", "with", "without")
        .forEach(a -> all.put(a, "48"));
    Stream.of("before", "after", "slope", "certainty", "likeness", "way", "stage", "percent")
        .forEach(a -> all.put(a, "48"));
    Stream.of("n", "m", "days", "moves", "all", "into", "exits", "sessions", "sessions_before")
        .forEach(a -> all.put(a, 12));
    Stream.of(
            "low",
            "high",
            "hour",
            "better",
            "worse",
            "value",
            "lift",
            "lag1",
            "scenarios",
            "effectiveness",
            "looks",
            "p",
            "adjusted",
            "calming_difference",
            "recovered_difference",
            "engagement")
        .forEach(a -> all.put(a, 12));
    Stream.of(
            "slope_per_week",
            "abandoned_percent",
            "success_mean",
            "duration_mean",
            "engagement_mean")
        .forEach(a -> all.put(a, 12));
    Stream.of("others", "of", "calm", "needed").forEach(a -> all.put(a, 12));
    Stream.of("first", "last", "by", "last_day", "day").forEach(a -> all.put(a, day));
    return all;
  }

  static Stream<Arguments> files() {
    return Stream.of(
            Map.entry("figures", FigureWords.class),
            Map.entry("story", StoryWords.class),
            Map.entry("advice", AdviceWords.class),
            Map.entry("mastery", MasteryWords.class),
            Map.entry("effects", EffectWords.class),
            Map.entry("pace", PaceWords.class),
            Map.entry("missing", Missing.class))
        .flatMap(
            file ->
                Language.spoken().stream()
                    .map(language -> Arguments.of(file.getKey(), file.getValue(), language)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void sentencesArePlain(String file, Class<?> owner, Language language) {
    var messages = texts(file, owner);
    var all = new StringBuilder();
    for (var key : messages.keys()) {
      var text = text(messages, language, key);
      if (text.length() > 10) {
        all.append(text).append(' ');
        assertThat(ReadingEase.longestSentence(text))
            .as("words of a sentence of %s in %s: %s", key, language, text)
            .isLessThanOrEqualTo(ReadingEase.MOST_WORDS);
      }
    }
    assertThat(ReadingEase.of(all.toString(), language.locale()))
        .as("ease of %s in %s", file, language)
        .isGreaterThan(ReadingEase.PLAIN);
  }

  /** Nothing is left of a pattern, and in the plural of one, too. */
  @ParameterizedTest
  @MethodSource("files")
  void everyTextIsWhole(String file, Class<?> owner, Language language) {
    var messages = texts(file, owner);
    for (var key : messages.keys()) {
      for (var n : new int[] {0, 1, 12}) {
        for (var certainty : new String[] {"clear", "likely", "unclear"}) {
          var with = new HashMap<>(ARGUMENTS);
          with.replaceAll((_, value) -> value instanceof Integer ? n : value);
          with.put("certainty", certainty);
          assertThat(messages.text(language, key, with))
              .as(key)
              .isNotBlank()
              .doesNotContain("{", "}", "#", "null", "  ", "''");
        }
      }
    }
  }

  /** What makes what is never said. */
  @ParameterizedTest
  @MethodSource("files")
  void noSentenceNamesACause(String file, Class<?> owner, Language language) {
    var messages = texts(file, owner);
    var all =
        messages.keys().stream()
            .filter(key -> !key.startsWith("try.") && !key.startsWith("risk."))
            .map(key -> text(messages, language, key))
            .collect(Collectors.joining(" "));
    assertThat(all.toLowerCase(language.locale()))
        .doesNotContain("because", "thanks to", "due to", "perché", "grazie a", "a causa");
  }

  private static Messages texts(String file, Class<?> owner) {
    return Messages.beside(owner, file);
  }

  private static String text(Messages messages, Language language, String key) {
    return messages.text(language, key, ARGUMENTS);
  }
}
