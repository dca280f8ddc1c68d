package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Spring Boot application with actuator, in a JVM of its own; it runs once it says it is ready.
 */
public final class ApplicationServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final Path jar;
  private final List<String> jvmOptions;
  private final Map<String, String> environment;

  /**
   * A server that is not yet running.
   *
   * @param jar with a main class and a class path in its manifest
   * @param port 0 for any free port
   * @param environment added to the one of this JVM; the place for secrets
   */
  public ApplicationServer(
      String name,
      Path home,
      Path jar,
      int port,
      List<String> jvmOptions,
      Map<String, String> environment) {
    super(name, home, port, name + ".pid", StopSignal.TERM);
    this.jar = jar;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.environment = Map.copyOf(environment);
  }

  public URI uri() {
    return URI.create("http://" + Ports.HOST + ":" + port());
  }

  @Override
  RunningServer launch() {
    var temporary = home().resolve("tmp");
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + home().resolve("hs_err_%p.log"),
            "-Djava.io.tmpdir=" + temporary,
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.add("--server.address=" + Ports.HOST);
    command.add("--server.port=" + port());
    var application = ServerProcess.launch(command, environment, stopSignal(), log());
    application.writePid(pidFile());
    application.awaitReady(name(), log(), START_LIMIT, this::isReady);
    return application;
  }

  private boolean isReady() {
    try {
      var request =
          HttpRequest.newBuilder(uri().resolve("/actuator/health/readiness"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // noticed by the caller's next sleep
      return false;
    }
  }

  @Override
  String version() {
    return jar.getFileName().toString();
  }
}
