package org.smileadventure.demo.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docker-compose.yml, its anchors merged and its variables as written. */
record ComposeFile(JsonNode json) {
  // ${NAME:?what to do without it} or ${NAME:-default}; the only two forms used
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):([?-])([^}]*)}");

  static ComposeFile read() {
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Object tree = yaml.load(Checkout.text("docker-compose.yml"));
    return new ComposeFile(new JsonMapper().valueToTree(tree));
  }

  Set<String> services() {
    return Set.copyOf(json.path("services").propertyNames());
  }

  /** The services that are built here and stay; each has the name of its module. */
  List<String> ours() {
    return services().stream()
        .filter(name -> service(name).has("build") && !service(name).has("command"))
        .sorted()
        .toList();
  }

  JsonNode service(String name) {
    return json.path("services").path(name);
  }

  String image(String service) {
    return service(service).path("image").asString();
  }

  Map<String, String> environment(String service) {
    var environment = new LinkedHashMap<String, String>();
    service(service)
        .path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString()));
    return environment;
  }

  List<String> texts(String service, String key) {
    return service(service).path(key).valueStream().map(JsonNode::asString).toList();
  }

  /** The names of the variables that the file takes from outside, without comments. */
  Set<String> variables() {
    return VARIABLE
        .matcher(json.toString())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** The variables that have no default. */
  Set<String> requiredVariables() {
    return VARIABLE
        .matcher(json.toString())
        .results()
        .filter(found -> found.group(2).equals("?"))
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** As it is when every variable without a default is set to its own name. */
  static String interpolated(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(found -> found.group(2).equals("?") ? found.group(1) : found.group(3));
  }

  /** What is left of a text that could be a variable, once those of the known forms are gone. */
  static Stream<String> strayDollars(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll("")
        .replace("$$", "")
        .lines()
        .filter(line -> line.contains("$"));
  }
}
