package org.smileadventure.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top level, where it has to say no. */
class SmileCommandTest {
  private static final Path SMILE = Path.of("..", "smile");

  private record Outcome(int status, String output) {}

  @Test
  void tellsItsCommands() throws Exception {
    var outcome = run(SMILE, "help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).contains("demo", "bench", "mvn verify");
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    var outcome = run(SMILE, "frown");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).endsWith("smile: there is no command 'frown'\n");
  }

  @Test
  void refusesAnUnknownOptionOfTheTests() throws Exception {
    var outcome = run(SMILE, "test", "--quick", "common");
    assertThat(outcome).isEqualTo(new Outcome(1, "smile: test has no option '--quick'\n"));
  }

  @Test
  void saysInOneLineThatThereIsNoJdk(@TempDir Path emptyHome) throws Exception {
    var script = Files.readString(SMILE);
    var places = "/usr/lib/jvm/*";
    assertThat(script).contains(places);
    var elsewhere = emptyHome.resolve("smile");
    Files.writeString(
        elsewhere,
        script
            .replace(places, emptyHome + "/none/*")
            .replace("/Library/Java", emptyHome + "/none"));

    var outcome = run(elsewhere, "demo");
    assertThat(outcome)
        .isEqualTo(new Outcome(1, "smile: no JDK 25 found; install one, or set JAVA_HOME to it\n"));
  }

  private static Outcome run(Path script, String... arguments)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("bash", script.toString());
    builder.command().addAll(java.util.List.of(arguments));
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("HOME", "/nonexistent");
    var process = builder.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
