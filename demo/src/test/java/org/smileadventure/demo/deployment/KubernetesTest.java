package org.smileadventure.demo.deployment;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The manifests are objects of Kubernetes, fit together, and say what Compose says. They are read,
 * not applied: neither kubectl nor a cluster is needed.
 */
class KubernetesTest {
  private static final Manifests MANIFESTS = Manifests.read();
  private static final ComposeFile COMPOSE = ComposeFile.read();
  private static final String NAME = "app.kubernetes.io/name";
  private static final String MIGRATION = "migrate";

  /** What an overlay sets that the base does not name. */
  private static final String MORE = "smile-more-settings";

  /** By version and kind. */
  private static final Map<String, String> MODELS =
      Map.of(
          "v1 Namespace", "Namespace",
          "v1 Service", "Service",
          "apps/v1 Deployment", "apps.Deployment",
          "apps/v1 StatefulSet", "apps.StatefulSet",
          "batch/v1 Job", "batch.v1.Job",
          "policy/v1 PodDisruptionBudget", "policy.v1.PodDisruptionBudget",
          "autoscaling/v2 HorizontalPodAutoscaler", "autoscaling.v2.HorizontalPodAutoscaler",
          "networking.k8s.io/v1 NetworkPolicy", "networking.v1.NetworkPolicy");

  /** Of which a field that the model does not have is an error: models keep what they know not. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated member) {
                  return false;
                }
              });

  static List<JsonNode> objects() {
    return MANIFESTS.objects();
  }

  static List<String> ours() {
    return COMPOSE.ours();
  }

  static List<String> workloads() {
    return List.copyOf(MANIFESTS.workloads().keySet());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void isAnObjectOfKubernetes(JsonNode object) throws Exception {
    read(object);
  }

  @Test
  void modelsKnowAMisspeltFieldFromARightOne() {
    var misspelt = (ObjectNode) MANIFESTS.workload("query-api").deepCopy();
    var container = (ObjectNode) Manifests.container(misspelt);
    container.set("readynessProbe", container.remove("readinessProbe"));
    assertThatThrownBy(() -> read(misspelt)).hasMessageContaining("readynessProbe");
    var text = (ObjectNode) MANIFESTS.workload("web").deepCopy();
    ((ObjectNode) text.path("spec")).put("replicas", "two");
    assertThatThrownBy(() -> read(text)).hasMessageContaining("replicas");
  }

  private static void read(JsonNode object) throws JsonProcessingException, ClassNotFoundException {
    var kind = object.path("apiVersion").asString() + " " + object.path("kind").asString();
    var model = "io.fabric8.kubernetes.api.model." + Objects.requireNonNull(MODELS.get(kind), kind);
    STRICT.readValue(object.toString(), Class.forName(model));
  }

  @Test
  void kustomizationNamesEachFileAndImage() {
    var named = new TreeSet<>(Manifests.texts(MANIFESTS.kustomization().path("resources")));
    named.add("kustomization.yaml");
    var generator = MANIFESTS.kustomization().path("configMapGenerator").get(0);
    assertThat(generator.path("name").asString()).isEqualTo("smile-settings");
    named.addAll(Manifests.texts(generator.path("envs")));
    var more = MANIFESTS.kustomization().path("configMapGenerator").get(1);
    assertThat(more.propertyNames()).containsExactly("name");
    assertThat(more.path("name").asString()).isEqualTo(MORE);
    assertThat(named).isEqualTo(Manifests.files());

    var version = Pattern.compile("<version>(.+-SNAPSHOT|[0-9.]+)</version>\n  <packaging>pom");
    var pom = version.matcher(Checkout.text("pom.xml"));
    assertThat(pom.find()).isTrue();
    assertThat(MANIFESTS.kustomization().path("images"))
        .allSatisfy(image -> assertThat(image.path("newTag").asString()).isEqualTo(pom.group(1)))
        .extracting(image -> image.path("name").asString())
        .containsExactlyInAnyOrderElementsOf(
            COMPOSE.ours().stream().map("smile/"::concat).toList());
    assertThat(MANIFESTS.kustomization().path("namespace").asString())
        .isEqualTo(MANIFESTS.ofKind("Namespace").keySet().iterator().next());
  }

  @Test
  void everythingHasAWorkloadOfItsName() {
    assertThat(MANIFESTS.workloads().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ours().stream(), Stream.of(MIGRATION)).toList());
    for (var workload : MANIFESTS.workloads().values()) {
      var labels = workload.path("spec").path("template").path("metadata").path("labels");
      assertThat(labels.path(NAME).asString()).isEqualTo(Manifests.name(workload));
      var selected = workload.path("spec").path("selector").path("matchLabels");
      if (!Manifests.name(workload).equals(MIGRATION)) {
        assertThat(selected).isEqualTo(labels);
      }
    }
    assertThat(MANIFESTS.ofKind("PodDisruptionBudget"))
        .containsOnlyKeys(ours())
        .allSatisfy(
            (name, budget) ->
                assertThat(
                        budget
                            .path("spec")
                            .path("selector")
                            .path("matchLabels")
                            .path(NAME)
                            .asString())
                    .isEqualTo(name));
    MANIFESTS
        .ofKind("HorizontalPodAutoscaler")
        .forEach(
            (_, scaler) -> {
              var target = scaler.path("spec").path("scaleTargetRef");
              var workload = MANIFESTS.workload(target.path("name").asString());
              assertThat(workload.path("kind")).isEqualTo(target.path("kind"));
              assertThat(workload.path("spec").has("replicas"))
                  .as("two would decide how many there are")
                  .isFalse();
            });
  }

  @ParameterizedTest
  @MethodSource("ours")
  void thereAreTwoOfEach(String service) {
    var scaler = MANIFESTS.ofKind("HorizontalPodAutoscaler").get(service);
    var fewest =
        scaler == null
            ? MANIFESTS.workload(service).path("spec").path("replicas")
            : scaler.path("spec").path("minReplicas");
    assertThat(fewest.intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("ours")
  void portAndImageAreThoseOfCompose(String service) {
    var port = ServiceSettings.of(service, COMPOSE.environment(service)).port();
    var container = Manifests.container(MANIFESTS.workload(service));
    assertThat(container.path("image").asString()).isEqualTo("smile/" + service);
    assertThat(container.path("ports").get(0).path("containerPort").intValue()).isEqualTo(port);
    var found =
        Objects.requireNonNull(MANIFESTS.ofKind("Service").get(service), service).path("spec");
    assertThat(found.path("selector").path(NAME).asString()).isEqualTo(service);
    assertThat(found.path("ports").get(0).path("port").intValue()).isEqualTo(port);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void hasNoMoreRightsAndMemoryThanInCompose(String workload) {
    var service = workload.equals(MIGRATION) ? "query-api" : workload;
    var pod = Manifests.pod(MANIFESTS.workload(workload));
    var user = Dockerfile.of(service).one("USER").arguments().split(":", 2);
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.path("securityContext").path("runAsUser").asString()).isEqualTo(user[0]);
    assertThat(pod.path("securityContext").path("runAsGroup").asString()).isEqualTo(user[1]);
    assertThat(pod.path("securityContext").path("seccompProfile").path("type").asString())
        .isEqualTo("RuntimeDefault");
    var container = Manifests.container(MANIFESTS.workload(workload));
    var rights = container.path("securityContext");
    assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(Manifests.texts(rights.path("capabilities").path("drop"))).containsExactly("ALL");
    assertThat(container.path("volumeMounts").get(0).path("mountPath").asString())
        .isEqualTo("/tmp");
    var memory = container.path("resources").path("limits").path("memory").asString();
    assertThat(memory.replace("Gi", "g"))
        .isEqualTo(COMPOSE.service(workload).path("mem_limit").asString());
    assertThat(container.path("resources").path("requests").path("memory").asString())
        .as("memory that is not promised can be taken away")
        .isEqualTo(memory);
  }

  @ParameterizedTest
  @MethodSource("ours")
  void isProbedAsTheImageIsAndHasTimeToEnd(String service) {
    var workload = MANIFESTS.workload(service);
    var container = Manifests.container(workload);
    var check = Dockerfile.of(service).one("HEALTHCHECK").command().getLast();
    assertThat(check).contains(probe(container, "readinessProbe"));
    assertThat(probe(container, "livenessProbe"))
        .isEqualTo(probe(container, "startupProbe"))
        .isEqualTo("/actuator/health/liveness");

    var first =
        container.path("lifecycle").path("preStop").path("sleep").path("seconds").intValue();
    var grace = COMPOSE.service(service).path("stop_grace_period").asString().replace("s", "");
    assertThat(first).isPositive();
    assertThat(Manifests.pod(workload).path("terminationGracePeriodSeconds").intValue())
        .isEqualTo(Integer.parseInt(grace) + first);
  }

  private static String probe(JsonNode container, String probe) {
    var request = container.path(probe).path("httpGet");
    assertThat(request.path("port").asString()).isEqualTo("http");
    return request.path("path").asString();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void isGivenWhatItsSettingsAskForAndNothingElse(String workload) {
    var module = workload.equals(MIGRATION) ? "query-api" : workload;
    var environment = MANIFESTS.environment(workload);
    var settings = ServiceSettings.of(module, environment);
    assertThat(settings.read()).containsAll(environment.keySet());
    if (!workload.equals(MIGRATION)) {
      assertThat(settings.unresolved()).isEmpty();
    }
    assertThat(environment.keySet())
        .as("what Compose gives to %s", workload)
        .isEqualTo(COMPOSE.environment(workload).keySet());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void takesWhatAnOverlaySetsBesides(String service) {
    var from = Manifests.container(MANIFESTS.workload(service)).path("envFrom");
    assertThat(from).hasSize(1);
    assertThat(from.get(0).path("configMapRef").path("name").asString()).isEqualTo(MORE);
  }

  @Test
  void settingsAreAllUsedAndHoldNoSecret() {
    var used = new HashSet<String>();
    var secret = Pattern.compile("PASSWORD|_KEY|SECRET|RECORD_STORE|MAIL_URL");
    for (var workload : MANIFESTS.workloads().values()) {
      for (var variable : Manifests.container(workload).path("env")) {
        var name = variable.path("name").asString();
        var from = variable.path("valueFrom");
        var isSecret = secret.matcher(name).find();
        assertThat(from.has("secretKeyRef")).as(name).isEqualTo(isSecret);
        if (from.has("configMapKeyRef")) {
          assertThat(from.path("configMapKeyRef").path("name").asString())
              .isEqualTo("smile-settings");
          assertThat(from.path("configMapKeyRef").path("key").asString()).isEqualTo(name);
          used.add(name);
        }
      }
    }
    assertThat(used).isEqualTo(MANIFESTS.settings().keySet());
    assertThat(MANIFESTS.ofKind("Secret")).isEmpty();
  }

  @Test
  void ingestIsScaledByAMetricThatItHasToAsManyAsThereArePartitionsFor() {
    var spec =
        Objects.requireNonNull(MANIFESTS.ofKind("HorizontalPodAutoscaler").get("ingest-service"))
            .path("spec");
    var metric = spec.path("metrics").get(0).path("external").path("metric").path("name");
    assertThat(metric.asString()).isEqualTo("smile_ingest_lag_events");
    assertThat(
            Checkout.text(
                "ingest-service/src/main/java/org/smileadventure/ingest/listener/LagMeter.java"))
        .contains("\"" + metric.asString().replace('_', '.') + "\"");
    // 12 partitions, and two listeners in each.
    assertThat(spec.path("maxReplicas").intValue()).isEqualTo(12 / 2);
    assertThat(Checkout.text("ingest-service/src/main/resources/application.yaml"))
        .contains("concurrency: ${smile.ingest.concurrency:2}");
  }

  @Test
  void nobodyIsReachedOrReachesOutButAsNamed() {
    var policies = MANIFESTS.ofKind("NetworkPolicy");
    var all = Objects.requireNonNull(policies.get("deny-all")).path("spec");
    assertThat(all.path("podSelector")).isEmpty();
    assertThat(Manifests.texts(all.path("policyTypes"))).containsExactly("Ingress", "Egress");
    assertThat(all.has("ingress") || all.has("egress")).isFalse();

    for (var workload : workloads()) {
      var policy = Objects.requireNonNull(policies.get(workload), workload).path("spec");
      assertThat(policy.path("podSelector").path("matchLabels").path(NAME).asString())
          .isEqualTo(workload);
      var reached = ports(policy.path("egress")).collect(Collectors.toCollection(TreeSet::new));
      assertThat(reached)
          .as("what the settings of %s point at", workload)
          .containsAll(pointedAt(workload));
      assertThat(policy.path("egress"))
          .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
      if (!workload.equals(MIGRATION)) {
        assertThat(ports(policy.path("ingress")))
            .containsExactly(ServiceSettings.of(workload, Map.of()).port());
        assertThat(policy.path("ingress").get(0).path("from")).isNotEmpty();
      }
    }
  }

  private static Stream<Integer> ports(JsonNode rules) {
    return rules
        .valueStream()
        .flatMap(rule -> rule.path("ports").valueStream())
        .map(port -> port.path("port").intValue());
  }

  /** The ports of all hosts without a domain in the environment: of the servers and of ours. */
  private static Set<Integer> pointedAt(String workload) {
    return MANIFESTS.environment(workload).values().stream()
        .flatMap(value -> Pattern.compile("[a-z]:([0-9]{4})\\b").matcher(value).results())
        .map(found -> Integer.parseInt(found.group(1)))
        .collect(toSet());
  }
}
