package org.smileadventure.ingest.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id': 'a'}, {'id': 'b'}]",
        "{'statements': [{'id': 'a'}, {'id': 'b'}], 'more': '/xapi/statements?from=b'}",
        "{'id': 'a'}\n{'id': 'b'}\n",
        "{'id': 'a'} {'id': 'b'}",
        "[{'id': 'a'}]\n[{'id': 'b'}]",
        "{'statements': [{'id': 'a'}], 'more': '/b'}\n{'statements': [{'id': 'b'}], 'more': ''}",
        "{'id': 'a'} [{'id': 'b'}] {'statements': []}"
      })
  void everyFormIsReadInItsOrder(String content) throws IOException {
    assertThat(StatementFile.read(file(content)))
        .extracting(statement -> statement.path("id").asString())
        .containsExactly("a", "b");
  }

  @Test
  void oneStatementIsEnoughAndSoIsNone() throws IOException {
    assertThat(StatementFile.read(file("{'id': 'a'}"))).hasSize(1);
    for (var nothing : new String[] {"", "\n", "[]", "{'statements': []}"}) {
      assertThat(StatementFile.read(file(nothing))).as(nothing).isEmpty();
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("[\n  {'id': }\n]", 2),
        arguments("[{'id': 'a'}", 1),
        arguments("{'id': 'a'", 1),
        arguments("[] nonsense", 1),
        arguments("[{'id': 'a'}]\n]", 2),
        arguments("id;verb", 1));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenJsonIsToldWithItsPlace(String content, int line) throws IOException {
    var file = file(content);
    assertThatThrownBy(() -> StatementFile.read(file))
        .isInstanceOf(ImportFailure.class)
        .message()
        .matches("\\Q%s\\E is no JSON at line %d, column [0-9]+".formatted(file, line));
  }

  @Test
  void fileThatIsNotThereIsTold() {
    var missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> StatementFile.read(missing))
        .isInstanceOf(ImportFailure.class)
        .hasMessage("%s cannot be read: %s", missing, missing);
    assertThatThrownBy(() -> StatementFile.read(folder))
        .isInstanceOf(ImportFailure.class)
        .hasMessageStartingWith(folder + " cannot be read: ");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("statements.json"), content.replace('\'', '"'));
  }
}
