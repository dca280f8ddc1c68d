package org.smileadventure.query.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.language.Language;
import org.smileadventure.language.Messages;

/**
 * Sentences are for a tired reader. English: Flesch reading ease, from 0 to 100, where 60 and more
 * is plain. Italian: Gulpease, from 0 to 100, where 60 and more is easy after eight years of
 * school.
 */
class ReadingLevelTest {
  private static final double PLAIN = 60;
  private static final int MOST_WORDS = 22;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’]+");
  private static final Pattern SENTENCE = Pattern.compile("[.:?!;]+(?=\\s|$)");
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

  /** Numbers and names as they come, for every argument that there is. */
  private static final Map<String, Object> ARGUMENTS = arguments();

  private static Map<String, Object> arguments() {
    var day = LocalDate.of(2026, 5, 20);
    var all = new HashMap<String, Object>();
    Stream.of("name", "title", "trigger", "strategy", "scenario").forEach(a -> all.put(a, "Sam"));
    Stream.of("from", "to", "mean", "early", "late", "least", "with", "without")
        .forEach(a -> all.put(a, "48"));
    Stream.of("before", "after", "slope", "certainty", "stage", "percent")
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
            "effectiveness",
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
    Stream.of("first", "last", "by", "last_day").forEach(a -> all.put(a, day));
    return all;
  }

  static Stream<Arguments> files() {
    return Stream.of(
            Map.entry("figures", FigureWords.class),
            Map.entry("story", StoryWords.class),
            Map.entry("advice", AdviceWords.class),
            Map.entry("mastery", MasteryWords.class),
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
        assertThat(SENTENCE.splitAsStream(text).mapToLong(ReadingLevelTest::words).max().orElse(0))
            .as("words of a sentence of %s in %s: %s", key, language, text)
            .isLessThanOrEqualTo(MOST_WORDS);
      }
    }
    assertThat(ease(all.toString(), language))
        .as("ease of %s in %s", file, language)
        .isGreaterThan(PLAIN);
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

  /** Of texts whose ease is known: it tells plain ones from others. */
  @ParameterizedTest
  @CsvSource({
    "ENGLISH, The cat sat on the mat., 110, 125",
    "ENGLISH, 'Statistically significant deterioration necessitates interdisciplinary consideration.', -300, 0",
    "ITALIAN, Il gatto dorme. Il cane corre., 90, 190",
    "ITALIAN, 'La significatività statistica del deterioramento richiede considerazioni interdisciplinari approfondite', 0, 50"
  })
  void easeIsThatOfTheFormula(Language language, String text, double low, double high) {
    assertThat(ease(text, language)).isBetween(low, high);
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

  private static double ease(String text, Language language) {
    var words = (double) words(text);
    var sentences = (double) Math.max(1, SENTENCE.matcher(text).results().count());
    if (language == Language.ITALIAN) {
      var letters = text.chars().filter(Character::isLetterOrDigit).count();
      return 89 + (300 * sentences - 10 * letters) / words;
    }
    var syllables = WORD.matcher(text).results().mapToLong(word -> syllables(word.group())).sum();
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words;
  }

  private static long words(String text) {
    return WORD.matcher(text).results().count();
  }

  /** Of an English word: its groups of vowels, without an e at its end that is not heard. */
  private static long syllables(String word) {
    var letters = word.toLowerCase(Language.ENGLISH.locale());
    var groups = VOWELS.matcher(letters).results().count();
    var silent = letters.matches(".*[^aeiouyl]e(s|d)?") && groups > 1;
    return Math.max(1, silent ? groups - 1 : groups);
  }
}
