package org.smileadventure.demo.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images hold what the build makes, in layers, and run it as somebody without rights. */
class DockerfileTest {
  // Spring Boot's own layers; a pom that names others fails the test below
  private static final List<String> LAYERS =
      List.of("dependencies", "spring-boot-loader", "snapshot-dependencies", "application");

  static List<String> modules() {
    return ComposeFile.read().ours();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void composeBuildsItFromTheTopLevel(String module) {
    var build = ComposeFile.read().service(module).path("build");
    assertThat(build.path("context").asString()).isEqualTo(".");
    assertThat(build.path("dockerfile").asString()).isEqualTo(module + "/Dockerfile");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void portIsTheOneTheServiceListensOn(String module) {
    var dockerfile = Dockerfile.of(module);
    var port = ServiceSettings.of(module, Map.of()).port();
    assertThat(dockerfile.one("EXPOSE").arguments()).isEqualTo(Integer.toString(port));
    assertThat(dockerfile.one("HEALTHCHECK").command())
        .startsWith("bash", "-c")
        .last()
        .asString()
        .contains("/dev/tcp/127.0.0.1/%d ".formatted(port), "GET /actuator/health/readiness ");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void runsAsANumberedUserWithoutRights(String module) {
    var dockerfile = Dockerfile.of(module);
    assertThat(dockerfile.one("USER").arguments()).matches("[1-9][0-9]{4}:[1-9][0-9]{4}");
    assertThat(dockerfile.ofTheImage("RUN")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void startsTheJarWithoutAShell(String module) {
    assertThat(Dockerfile.of(module).one("ENTRYPOINT").command())
        .startsWith("java")
        .contains(
            "-XX:MaxRAMPercentage=75",
            "-XX:+UseCompactObjectHeaders",
            "-Duser.timezone=UTC",
            "--enable-native-access=ALL-UNNAMED")
        .endsWith("-jar", "application.jar");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void runsOnTheJavaItIsCompiledFor(String module) {
    assertThat(Checkout.text("pom.xml")).contains("<java.version>25</java.version>");
    assertThat(Dockerfile.of(module).all("FROM"))
        .extracting(from -> from.arguments())
        .containsExactly("eclipse-temurin:25-jre-noble AS layers", "eclipse-temurin:25-jre-noble");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void copiesTheLayersFromTheSeldomToTheOftenChanged(String module) {
    assertThat(Dockerfile.of(module).ofTheImage("COPY"))
        .extracting(copy -> copy.arguments())
        .containsExactlyElementsOf(
            Stream.concat(
                    LAYERS.stream().map("--from=layers /layers/extracted/%s/ ./"::formatted),
                    Stream.of("--from=layers /layers/application.aot ./"))
                .toList());
    assertThat(Checkout.text(module + "/pom.xml")).doesNotContain("<layers>");
  }

  /** A cache that was made with other headers, or elsewhere, would be left aside. */
  @ParameterizedTest
  @MethodSource("modules")
  void startsWithWhatATrainingRunInTheSamePlaceHasLoaded(String module) {
    var dockerfile = Dockerfile.of(module);
    assertThat(dockerfile.all("RUN").toList().getLast().arguments().split("\\s+"))
        .contains(
            "-XX:AOTCacheOutput=/layers/application.aot",
            "-XX:+UseCompactObjectHeaders",
            "-Dspring.context.exit=onRefresh",
            "--spring.profiles.active=training")
        .containsSubsequence("-jar", "application.jar");
    assertThat(dockerfile.one("ENTRYPOINT").command()).contains("-XX:AOTCache=application.aot");
    assertThat(dockerfile.all("WORKDIR").map(directory -> directory.arguments()))
        .endsWith("/application", "/application");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void takesTheJarThatTheBuildMakes(String module) {
    var jar = module + "/target/*-exec.jar";
    assertThat(Dockerfile.of(module).all("COPY").findFirst().orElseThrow().arguments())
        .isEqualTo(jar + " application.jar");
    assertThat(Checkout.text(".dockerignore").lines()).contains("*", "!" + jar);
    assertThat(Checkout.text(module + "/pom.xml")).contains("<classifier>exec</classifier>");
  }

  /**
   * Does what the first stage does. Skipped where nothing is packaged, as after mvn test; mvn
   * verify packages the services before it comes here, and the layers' names are tested above
   * anyway.
   */
  @ParameterizedTest
  @MethodSource("modules")
  void jarComesApartIntoTheseLayers(String module, @TempDir Path directory)
      throws IOException, InterruptedException {
    var jars = jars(module);
    assumeTrue(!jars.isEmpty(), "there is a jar only after mvn package");
    assertThat(jars).as("COPY would fail with more than one").hasSize(1);
    assertThat(layersIndex(jars.getFirst())).isEqualTo(LAYERS);
    Files.copy(jars.getFirst(), directory.resolve("application.jar"));

    var extract = Dockerfile.of(module).all("RUN").findFirst().orElseThrow().arguments();
    assertThat(run(directory, extract)).isZero();

    for (var layer : LAYERS) {
      assertThat(directory.resolve("extracted").resolve(layer)).isDirectory();
    }
    assertThat(directory.resolve("extracted/application/application.jar")).isRegularFile();
    assertThat(directory.resolve("extracted/dependencies/lib")).isNotEmptyDirectory();
    for (var library : classPath(directory.resolve("extracted/application/application.jar"))) {
      assertThat(LAYERS)
          .as("layer of %s", library)
          .anyMatch(l -> Files.exists(directory.resolve("extracted").resolve(l).resolve(library)));
    }
  }

  private static List<Path> jars(String module) throws IOException {
    var target = Checkout.file(module + "/target");
    if (!Files.isDirectory(target)) {
      return List.of();
    }
    try (var files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith("-exec.jar")).toList();
    }
  }

  private static List<String> layersIndex(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile());
        var index = file.getInputStream(file.getEntry("BOOT-INF/layers.idx"))) {
      return Pattern.compile("(?m)^- \"(.+)\":")
          .matcher(new String(index.readAllBytes(), UTF_8))
          .results()
          .map(found -> found.group(1))
          .toList();
    }
  }

  private static List<String> classPath(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return List.of(file.getManifest().getMainAttributes().getValue("Class-Path").split(" "));
    }
  }

  private static int run(Path directory, String command) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(command.replaceFirst("^java ", java + " ").split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
