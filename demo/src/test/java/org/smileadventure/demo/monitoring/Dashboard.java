package org.smileadventure.demo.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.smileadventure.demo.deployment.Checkout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard for Grafana, as it lies in {@code ops/grafana}. */
record Dashboard(String name, JsonNode json) {

  static List<Dashboard> all() throws IOException {
    try (var files = Files.list(Checkout.file("ops/grafana"))) {
      return files
          .map(file -> "ops/grafana/" + file.getFileName())
          .filter(file -> file.endsWith(".json"))
          .sorted()
          .map(file -> new Dashboard(file, JsonMapper.shared().readTree(Checkout.text(file))))
          .toList();
    }
  }

  /** The panels that show something. */
  List<JsonNode> panels() {
    return json.path("panels").valueStream().filter(panel -> panel.has("targets")).toList();
  }

  /** What the panels ask Prometheus, with what Grafana puts in for its own variable. */
  List<String> expressions() {
    return panels().stream()
        .flatMap(panel -> panel.path("targets").valueStream())
        .map(target -> target.path("expr").asString().replace("$__rate_interval", "20s"))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
