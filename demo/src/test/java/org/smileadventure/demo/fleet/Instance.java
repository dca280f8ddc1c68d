package org.smileadventure.demo.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.localstack.ApplicationServer;

/** One instance of a service, which may be replaced by one of another version. */
final class Instance implements AutoCloseable {
  private static final Path SERVICES = Path.of(System.getProperty("smile.services", ""));

  private final String name;
  private final String service;
  private final Path home;
  private final Map<String, String> environment;
  private ApplicationServer server;

  Instance(String name, String service, Path home, Map<String, String> environment) {
    this.name = name;
    this.service = service;
    this.home = home.resolve(name);
    this.environment = Map.copyOf(environment);
    server = server(0, jar(service), Map.of());
  }

  static Path jar(String service) {
    return SERVICES.resolve(service).resolve(service + ".jar");
  }

  private ApplicationServer server(int port, Path jar, Map<String, String> more) {
    var all = new HashMap<>(environment);
    all.putAll(more);
    var options =
        new ArrayList<>(
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Djdk.virtualThreadScheduler.parallelism=16"));
    var archive = jar.resolveSibling("classes.jsa");
    if (Files.exists(archive)) {
      options.add("-XX:SharedArchiveFile=" + archive);
    }
    return new ApplicationServer(service, home, jar, port, options, all);
  }

  String name() {
    return name;
  }

  void start() {
    server.start();
  }

  void kill() {
    server.kill();
  }

  boolean isRunning() {
    return server.isRunning();
  }

  /** Its host and port, once it was started. */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  /** Has it end in an orderly way, and another version take its place. */
  void roll(Path jar, Map<String, String> settings) {
    server.stop();
    server = server(server.port(), jar, settings);
    server.start();
  }

  @Override
  public void close() {
    server.kill();
  }
}
