package org.smileadventure.demo.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.demo.deployment.Checkout;
import org.smileadventure.localstack.PrometheusServer;
import tools.jackson.databind.JsonNode;

/** The files for Prometheus and Grafana, and the runbook, without any service. */
class MonitoringFilesTest {
  private static final String RUNBOOK = "docs/operations.md";
  private static final Pattern SECTION = Pattern.compile("(?m)^(?=##+ )");
  private static final Pattern PARAGRAPH = Pattern.compile("(?m)^### (\\w+)$");

  @Test
  void alertsFireWhenTheyShouldAndOtherwiseDoNot() throws Exception {
    // At the same time: each is the work of one processor.
    var running = new ArrayList<Running>();
    for (var test : Rules.TESTS) {
      running.add(promtool("test", "rules", test));
    }
    for (var test : running) {
      assertThat(test.output()).endsWith("SUCCESS\n");
    }
  }

  @Test
  void prometheusTakesTheConfiguration(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("metrics-password"), "for-tests");
    for (var file : List.of("prometheus.yml", "smile-rules.yml")) {
      Files.writeString(directory.resolve(file), Checkout.text("ops/prometheus/" + file));
    }
    var configuration = directory.resolve("prometheus.yml").toString();
    assertThat(promtool("check", "config", configuration).output())
        .contains("SUCCESS")
        .doesNotContain("FAILED");
  }

  @Test
  void everyAlertIsSeenToFireAndNotTo() {
    for (var fires : List.of(true, false)) {
      assertThat(
              Rules.expectations()
                  .filter(expected -> expected.path("exp_alerts").isEmpty() != fires)
                  .map(expected -> expected.path("alertname").asString()))
          .as(fires ? "fire" : "do not fire")
          .containsAll(alertNames());
    }
  }

  @Test
  void everyAlertHasItsParagraphAndEveryParagraphItsAlert() {
    var paragraphs =
        PARAGRAPH
            .matcher(Checkout.text(RUNBOOK))
            .results()
            .map(heading -> heading.group(1))
            .toList();
    assertThat(paragraphs).containsExactlyInAnyOrderElementsOf(alertNames());
    assertThat(Rules.alerts())
        .allSatisfy(
            alert -> {
              var name = alert.path("alert").asString();
              var annotations = alert.path("annotations");
              assertThat(annotations.path("runbook_url").asString())
                  .isEqualTo(RUNBOOK + "#" + name.toLowerCase(Locale.ROOT));
              assertThat(annotations.path("summary").asString()).isNotBlank();
              assertThat(alert.path("labels").path("severity").asString()).isIn("page", "ticket");
            });
  }

  @Test
  void paragraphsSayWhatItMeansWhatToLookAtWhatToDoAndWhatNot() {
    assertThat(SECTION.splitAsStream(Checkout.text(RUNBOOK)))
        .filteredOn(paragraph -> PARAGRAPH.matcher(paragraph).lookingAt())
        .hasSameSizeAs(alertNames())
        .allSatisfy(
            paragraph ->
                assertThat(paragraph)
                    .contains("**Families:**", "**Look at:**", "**Do:**", "**Do not:**"));
  }

  @ParameterizedTest
  @MethodSource("org.smileadventure.demo.monitoring.Dashboard#all")
  void panelsSayWhatTheyShowAndInWhatUnit(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .isNotEmpty()
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asString()).isNotBlank();
              assertThat(panel.path("description").asString()).endsWith(".");
              assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString())
                  .isNotBlank();
              assertThat(panel.path("datasource").path("uid").asString())
                  .isEqualTo("${datasource}");
            });
    assertThat(dashboard.json().path("templating").path("list").valueStream())
        .extracting(variable -> variable.path("type").asString())
        .contains("datasource");
  }

  @Test
  void dashboardsAreToldApart() throws IOException {
    assertThat(Dashboard.all()).extracting(one -> one.json().path("uid")).doesNotHaveDuplicates();
  }

  private static Set<String> alertNames() {
    return Rules.alerts().stream()
        .map((JsonNode alert) -> alert.path("alert").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record Running(Process process) {
    String output() throws IOException, InterruptedException {
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return output.stripTrailing() + "\n";
    }
  }

  private static Running promtool(String... arguments) throws IOException {
    assumeThat(PrometheusServer.isInstalled()).as("prometheus and promtool on the PATH").isTrue();
    return new Running(
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
            .directory(Checkout.file("ops/prometheus").toFile())
            .redirectErrorStream(true)
            .start());
  }
}
