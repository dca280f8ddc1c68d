package org.smileadventure.localstack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus from the system, which forgets what it has seen when its directory is deleted. */
public final class PrometheusServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Path configuration;

  /**
   * A server that does not run yet.
   *
   * @param configuration its file in YAML
   * @param port 0 for any free port
   */
  public PrometheusServer(Path home, Path configuration, int port) {
    super("prometheus", home, port, "prometheus.pid", StopSignal.TERM);
    this.configuration = configuration.toAbsolutePath();
  }

  /**
   * Whether the machine has Prometheus and its {@code promtool}.
   *
   * @throws StackException if it has not, and {@code SMILE_PROMETHEUS=required} says that it must
   */
  public static boolean isInstalled() {
    var installed =
        Stream.of("prometheus", "promtool")
            .allMatch(program -> Executables.find(program).isPresent());
    if (!installed && "required".equals(System.getenv("SMILE_PROMETHEUS"))) {
      throw new StackException(
          "SMILE_PROMETHEUS=required, and there is no prometheus or no promtool on the PATH");
    }
    return installed;
  }

  public URI uri() {
    return URI.create("http://" + Ports.HOST + ":" + port());
  }

  @Override
  RunningServer launch() {
    var prometheus =
        ServerProcess.launch(
            List.of(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + home().resolve("data"),
                "--web.listen-address=" + Ports.HOST + ":" + port(),
                "--log.level=warn"),
            stopSignal(),
            log());
    prometheus.writePid(pidFile());
    prometheus.awaitReady("prometheus", log(), START_LIMIT, this::isReady);
    return prometheus;
  }

  private boolean isReady() {
    try (var socket = Ports.connect(port())) {
      socket
          .getOutputStream()
          .write("GET /-/ready HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.startsWith("HTTP/1.0 200 ");
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  String version() {
    return "from the system";
  }
}
