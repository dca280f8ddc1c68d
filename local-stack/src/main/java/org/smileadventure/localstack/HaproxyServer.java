package org.smileadventure.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machine's own HAProxy. */
public final class HaproxyServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path configuration;
  private final Map<String, String> environment;

  /**
   * One that does not run yet, on a free port.
   *
   * @param configuration reads the variable {@code SMILE_PROXY_ADDRESS}, where it is to listen
   * @param environment more variables that it reads
   */
  public HaproxyServer(Path home, Path configuration, Map<String, String> environment) {
    super("haproxy", home, 0, "haproxy.pid", StopSignal.TERM);
    this.configuration = configuration;
    this.environment = Map.copyOf(environment);
  }

  @Override
  RunningServer launch() {
    var program =
        Executables.find("haproxy")
            .or(() -> Executables.in("/usr/sbin", "haproxy"))
            .orElseThrow(() -> new StackException("there is no haproxy; install it"));
    var variables = new HashMap<>(environment);
    variables.put("SMILE_PROXY_ADDRESS", Ports.HOST + ":" + port());
    // The home directory, by which an orphan is known, is named as the place of its state.
    var command =
        List.of(program.toString(), "-db", "-C", home().toString(), "-f", configuration.toString());
    var proxy = ServerProcess.launch(command, variables, stopSignal(), log());
    proxy.writePid(pidFile());
    proxy.awaitReady("haproxy", log(), START_LIMIT, () -> Ports.accepts(port()));
    return proxy;
  }

  @Override
  String version() {
    return "of the system";
  }
}
