package org.smileadventure.demo.monitoring;

import java.util.List;
import java.util.stream.Stream;
import org.smileadventure.demo.deployment.Checkout;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules for Prometheus, and their tests. */
final class Rules {
  static final List<String> TESTS =
      List.of("smile-causes-test.yml", "smile-days-test.yml", "smile-budgets-test.yml");

  private Rules() {}

  static List<JsonNode> alerts() {
    return yaml("smile-rules.yml")
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .filter(rule -> rule.has("alert"))
        .toList();
  }

  /** What is expected of alerts, each at one time. */
  static Stream<JsonNode> expectations() {
    return TESTS.stream()
        .flatMap(file -> yaml(file).path("tests").valueStream())
        .flatMap(test -> test.path("alert_rule_test").valueStream());
  }

  private static JsonNode yaml(String file) {
    Object tree =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Checkout.text("ops/prometheus/" + file));
    return JsonMapper.shared().valueToTree(tree);
  }
}
