package org.smileadventure.batch.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @Test
  void parametersOfTheJobAreToldFromSettingsOfTheService() {
    var arguments =
        CommandLine.parse(
            "--smile.batch.role=manager",
            "--job=backfill",
            "--from=2026-01-01",
            "--note=a=b",
            "--SMILE_DATABASE_URL=jdbc:postgresql://host/smile");

    assertThat(arguments.job()).isEqualTo("backfill");
    assertThat(arguments.parameters())
        .containsExactly(entry("from", "2026-01-01"), entry("note", "a=b"));
    assertThat(arguments.settings())
        .containsExactly(
            "--smile.batch.role=manager", "--SMILE_DATABASE_URL=jdbc:postgresql://host/smile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --job=                 | --job=NAME says no name
          --from=2026-01-01      | --job=NAME says no name
          --job                  | '--job' is no argument
          --job=nightly now      | 'now' is no argument
          --job=nightly --quick  | '--quick' is no argument
          --job=a --job=b        | --job is there twice
          """)
  void whatIsWrongIsSaid(String commandLine, String problem) {
    assertThatThrownBy(() -> CommandLine.parse(commandLine.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  @Test
  void aServiceIsNotAskedForAJob() {
    assertThat(CommandLine.nameAJob("--smile.batch.role=worker", "--jobs=2")).isFalse();
    assertThat(CommandLine.nameAJob("--smile.batch.role=worker", "--job")).isTrue();
  }
}
