package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL 18. Unless asked otherwise its durability is left on ({@code fsync} and {@code
 * synchronous_commit}), so that what is measured against it and what survives a {@link #kill} is
 * what a real server would show. The superuser {@code postgres} needs no password.
 */
public final class PostgresServer extends LocalServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "listen_addresses", Ports.HOST,
          "unix_socket_directories", "",
          "synchronous_commit", "on",
          "max_connections", "200",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "shared_preload_libraries", "pg_stat_statements");

  static final int BUFFERS = 256;

  private final Path binaries;
  private final int buffers;
  private final boolean durable;

  /**
   * @param binaries where PostgreSQL is unpacked, once
   * @param port 0 for any free port
   */
  public PostgresServer(Path home, Path binaries, int port) {
    this(home, binaries, port, BUFFERS, true);
  }

  /**
   * @param buffers megabytes
   * @param durable whether a commit is on the disk before it is acknowledged. If not, what was
   *     committed outlives the end of any client, and of the server itself, but not that of the
   *     machine
   */
  PostgresServer(Path home, Path binaries, int port, int buffers, boolean durable) {
    super("postgres", home, port, "data/postmaster.pid", StopSignal.INT);
    this.binaries = binaries;
    this.buffers = buffers;
    this.durable = durable;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s?user=postgres".formatted(Ports.HOST, port(), database);
  }

  @Override
  RunningServer launch() {
    if (!Files.exists(data())) {
      initialise();
    }
    forgetDeadPostmaster();
    var command = new ArrayList<>(program("postgres"));
    command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
    SETTINGS.forEach((setting, value) -> command.addAll(List.of("-c", setting + "=" + value)));
    command.addAll(List.of("-c", "shared_buffers=" + buffers + "MB"));
    if (!durable) {
      command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
    }
    var postgres = ServerProcess.launch(command, stopSignal(), log());
    postgres.awaitReady("postgres", log(), START_LIMIT, () -> saysReady(postgres.pid()));
    return postgres;
  }

  /**
   * Becomes a streaming replica of another server: a copy of it as it is now, made as pg_basebackup
   * makes it, in the place of what this one had. To be called while this one does not run and that
   * one does.
   */
  public void copy(PostgresServer primary) {
    FileTree.delete(data());
    BaseBackup.of(primary.jdbcUrl("postgres"), primary.port(), primary.data(), home());
  }

  /** Lets a replica take writes; returns when it does. */
  public void promote() {
    BaseBackup.promote(jdbcUrl("postgres"));
  }

  private Path data() {
    return home().resolve("data");
  }

  /** Under another name until complete, as a JVM killed on the way leaves half a cluster. */
  private void initialise() {
    var unfinished = home().resolve("data.new");
    FileTree.delete(unfinished);
    var command = new ArrayList<>(program("initdb"));
    command.addAll(List.of("-D", unfinished.toString(), "-U", "postgres", "-A", "trust"));
    command.addAll(List.of("-E", "UTF8", "--locale=C.UTF-8"));
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    if (!durable) {
      command.add("--no-sync");
    }
    run(command);
    try {
      Files.move(unfinished, data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the pid file that a crash or power cut left. PostgreSQL does so itself, but refuses to
   * start when a stranger has got the pid since, which is usual in containers.
   */
  private void forgetDeadPostmaster() {
    try {
      if (ServerProcess.isStale(pidFile(), "postgres")) {
        Files.deleteIfExists(pidFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What pg_ctl waits for, too: the postmaster's own word, on the last line of its pid file. */
  private boolean saysReady(long pid) {
    try {
      var lines = Files.readAllLines(pidFile());
      return lines.size() >= 8
          && lines.getFirst().equals(Long.toString(pid))
          && lines.get(7).startsWith("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  private List<String> program(String name) {
    var executable = Binaries.postgres(binaries).resolve("bin").resolve(name).toString();
    return isRoot() ? Stream.of(unshare(), "-U", executable).toList() : List.of(executable);
  }

  /** PostgreSQL refuses to run as root; in a user namespace root is somebody else. */
  private static String unshare() {
    return Executables.find("unshare")
        .map(Path::toString)
        .orElseThrow(
            () ->
                new StackException(
                    "postgres does not run as root without the program 'unshare'; "
                        + "install util-linux or use another account"));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void run(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      try {
        if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new StackException("initdb took too long; see " + log());
        }
      } finally {
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        throw new StackException(
            "initdb failed: %s (see %s)".formatted(ServerProcess.lastLine(log()), log()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while starting postgres", e);
    }
  }

  @Override
  String version() {
    try {
      var executable = Binaries.postgres(binaries).resolve("bin/postgres").toString();
      var process = new ProcessBuilder(executable, "--version").start();
      var words =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return words.substring(words.lastIndexOf(' ') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
