package org.smileadventure.localstack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Redis 7 that persists nothing: it is empty after each start. */
public final class RedisServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Path binaries;
  private final List<String> settings;

  /**
   * @param binaries where Redis is unpacked, once
   * @param port 0 for any free port
   * @param settings as on the command line, such as {@code "--maxmemory", "4mb"}
   */
  public RedisServer(Path home, Path binaries, int port, String... settings) {
    super("redis", home, port, "redis.pid", StopSignal.TERM);
    this.binaries = binaries;
    this.settings = List.of(settings);
  }

  public URI uri() {
    return URI.create("redis://" + Ports.HOST + ":" + port());
  }

  @Override
  RunningServer launch() {
    var command = new ArrayList<String>();
    command.add(Binaries.redis(binaries).toString());
    command.addAll(List.of("--port", Integer.toString(port()), "--bind", Ports.HOST));
    command.addAll(List.of("--dir", home().toString(), "--save", "", "--appendonly", "no"));
    // Tests that share it tell their keys apart by database.
    command.addAll(List.of("--databases", "128"));
    // the title would hide the home directory, by which an orphan is known
    command.addAll(List.of("--set-proc-title", "no"));
    command.addAll(settings);
    var redis = ServerProcess.launch(command, stopSignal(), log());
    redis.writePid(pidFile());
    redis.awaitReady("redis", log(), START_LIMIT, () -> answers(redis.pid()));
    return redis;
  }

  /** Whether the process that answers is ours. */
  private boolean answers(long pid) {
    try {
      return reply("INFO server").contains("process_id:" + pid + "\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What Redis replies to a command without blanks in its arguments, as it stands on the wire. */
  String reply(String command) throws IOException {
    try (var socket = Ports.connect(port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Override
  String version() {
    return Binaries.REDIS_VERSION;
  }
}
