package org.smileadventure.demo.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What deploy/kubernetes has for a cluster, before Kustomize has been at it.
 *
 * @param settings what becomes the ConfigMap
 */
record Manifests(JsonNode kustomization, List<JsonNode> objects, Map<String, String> settings) {
  private static final String DIRECTORY = "deploy/kubernetes/";

  static Manifests read() {
    var kustomization = documents("kustomization.yaml").getFirst();
    var objects = new ArrayList<JsonNode>();
    texts(kustomization.path("resources")).forEach(file -> objects.addAll(documents(file)));
    var settings = new LinkedHashMap<String, String>();
    Checkout.text(DIRECTORY + "settings.env")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(setting -> settings.put(setting[0], setting[1]));
    return new Manifests(kustomization, objects, settings);
  }

  private static List<JsonNode> documents(String file) {
    var documents = new ArrayList<JsonNode>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(Checkout.text(DIRECTORY + file))
        .forEach(document -> documents.add(new JsonMapper().valueToTree(document)));
    return documents;
  }

  static Set<String> files() {
    try (var files = Files.list(Checkout.file(DIRECTORY))) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /** Of a kind; every kind has each name once. */
  Map<String, JsonNode> ofKind(String kind) {
    var found = new LinkedHashMap<String, JsonNode>();
    objects.stream()
        .filter(object -> object.path("kind").asString().equals(kind))
        .forEach(object -> found.put(name(object), object));
    return found;
  }

  /** What has pods: those of our services, by module, and the migration. */
  Map<String, JsonNode> workloads() {
    var workloads = new LinkedHashMap<String, JsonNode>();
    Stream.of("Deployment", "StatefulSet", "Job").map(this::ofKind).forEach(workloads::putAll);
    return workloads;
  }

  JsonNode workload(String name) {
    var workload = workloads().get(name);
    if (workload == null) {
      throw new AssertionError("no workload " + name);
    }
    return workload;
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  static JsonNode pod(JsonNode workload) {
    return workload.path("spec").path("template").path("spec");
  }

  /** The only one of a pod. */
  static JsonNode container(JsonNode workload) {
    var containers = pod(workload).path("containers");
    if (containers.size() != 1) {
      throw new AssertionError(name(workload) + " has " + containers.size() + " containers");
    }
    return containers.get(0);
  }

  /** The environment, with the names of variables in the place of values from secrets. */
  Map<String, String> environment(String workload) {
    var environment = new LinkedHashMap<String, String>();
    for (var variable : container(workload(workload)).path("env")) {
      var name = variable.path("name").asString();
      var from = variable.path("valueFrom");
      var key = from.path("configMapKeyRef").path("key");
      environment.put(
          name,
          variable.has("value")
              ? variable.path("value").asString()
              : key.isMissingNode() ? name : settings.getOrDefault(key.asString(), ""));
    }
    return environment;
  }
}
