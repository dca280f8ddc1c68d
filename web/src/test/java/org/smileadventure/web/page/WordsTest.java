package org.smileadventure.web.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.fixture.ReadingEase;
import org.smileadventure.language.Language;

/** What the pages say themselves is for a tired reader too. */
class WordsTest {
  private static final Path FILES = Path.of("src/main/resources/org/smileadventure/web/words");
  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)(?:, *(\\w+))?");

  static Stream<Arguments> files() throws IOException {
    try (var files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("_en.properties"))
          .map(name -> name.substring(0, name.indexOf('_')))
          .sorted()
          .toList()
          .stream()
          .flatMap(
              name -> Language.spoken().stream().map(language -> Arguments.of(name, language)));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void sentencesArePlain(String file, Language language) throws IOException {
    var soft = new SoftAssertions();
    var all = new StringBuilder();
    patterns(file, language)
        .forEach(
            (key, pattern) -> {
              var text = Words.text(language, file + "." + key, namesAndValues((String) pattern));
              soft.assertThat(text).as("%s.%s", file, key).isNotBlank().doesNotContain("{", "}");
              if (text.matches("(?s).*[.?!]")) {
                all.append(text).append(' ');
                soft.assertThat(ReadingEase.longestSentence(text))
                    .as("words of a sentence of %s.%s in %s: %s", file, key, language, text)
                    .isLessThanOrEqualTo(ReadingEase.MOST_WORDS);
              }
            });
    soft.assertThat(all.isEmpty() ? 100 : ReadingEase.of(all.toString(), language.locale()))
        .as("ease of %s in %s", file, language)
        .isGreaterThan(ReadingEase.PLAIN);
    soft.assertAll();
  }

  private static Properties patterns(String file, Language language) throws IOException {
    var patterns = new Properties();
    var written = FILES.resolve("%s_%s.properties".formatted(file, language.tag()));
    try (var reader = Files.newBufferedReader(written)) {
      patterns.load(reader);
    }
    return patterns;
  }

  /** Something for each argument of the kind that it is of. */
  private static Object[] namesAndValues(String pattern) {
    Map<String, Object> values = new HashMap<>();
    ARGUMENT
        .matcher(pattern)
        .results()
        .forEach(argument -> values.put(argument.group(1), value(argument.group(2))));
    return values.entrySet().stream()
        .flatMap(value -> Stream.of(value.getKey(), value.getValue()))
        .toArray();
  }

  private static Object value(@Nullable String kind) {
    return switch (kind) {
      case "number", "plural" -> 12;
      case "date" -> LocalDate.of(2026, 5, 20);
      case "time" -> LocalTime.of(16, 5);
      case "select" -> "true";
      case null, default -> "Sam";
    };
  }
}
