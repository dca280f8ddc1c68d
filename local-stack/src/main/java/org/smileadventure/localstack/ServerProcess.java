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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A server that is a process of its own: a child of this JVM, or the orphan of one that was killed.
 */
final class ServerProcess implements RunningServer {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final Pattern STACK_TRACE_OR_BLANK =
      Pattern.compile("\\s*$|\\s+at |\\s+\\.\\.\\. |Caused by: ");

  /** The end of the name, the state, 16 numbers, and the number of threads: see proc(5). */
  private static final Pattern ZOMBIE = Pattern.compile("\\) Z(?: -?\\d+){16} [01] ");

  private final ProcessHandle process;
  private final StopSignal stopSignal;

  private ServerProcess(ProcessHandle process, StopSignal stopSignal) {
    this.process = process;
    this.stopSignal = stopSignal;
  }

  /** Starts a child in a session of its own, out of reach of the Ctrl-C that ends this JVM. */
  static ServerProcess launch(List<String> command, StopSignal stopSignal, Path log) {
    return launch(command, Map.of(), stopSignal, log);
  }

  /** The same, with variables added to the environment that it inherits. */
  static ServerProcess launch(
      List<String> command, Map<String, String> environment, StopSignal stopSignal, Path log) {
    var line = new ArrayList<String>();
    Executables.find("setsid").ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(command);
    try {
      var builder =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new ServerProcess(builder.start().toHandle(), stopSignal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The live process whose pid is on the first line of {@code pidFile}, if its command line names
   * {@code home}: the pid may have passed to a stranger since it was written.
   */
  static Optional<ServerProcess> find(Path pidFile, Path home, StopSignal stopSignal) {
    return live(pidFile)
        .filter(process -> names(process, home))
        .map(process -> new ServerProcess(process, stopSignal));
  }

  /** Whether the pid on the first line of {@code pidFile} cannot be that of a {@code program}. */
  static boolean isStale(Path pidFile, String program) {
    return live(pidFile)
        .map(process -> commandLine(process).filter(line -> !line.contains(program)).isPresent())
        .orElse(true);
  }

  private static Optional<ProcessHandle> live(Path pidFile) {
    return firstLine(pidFile)
        .filter(line -> line.matches("\\d{1,18}"))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
  }

  long pid() {
    return process.pid();
  }

  void writePid(Path pidFile) {
    try {
      Files.writeString(pidFile, pid() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once {@code ready}; kills the process if it is not so in time. */
  void awaitReady(String name, Path log, Duration limit, BooleanSupplier ready) {
    try {
      var deadline = System.nanoTime() + limit.toNanos();
      while (!ready.getAsBoolean()) {
        if (!isRunning()) {
          throw new StackException(
              "%s ended while starting: %s (see %s)".formatted(name, lastLine(log), log));
        }
        if (System.nanoTime() > deadline) {
          throw new StackException(
              "%s did not answer within %d s; see %s".formatted(name, limit.toSeconds(), log));
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new StackException("interrupted while starting " + name, e);
    } catch (RuntimeException | Error e) {
      kill();
      throw e;
    }
  }

  @Override
  public boolean isRunning() {
    return isRunning(process);
  }

  @Override
  public void stop() {
    stopSignal.send(process);
    if (!awaitEnd(List.of(process), GRACE)) {
      kill();
    }
  }

  @Override
  public void kill() {
    var family = new ArrayList<ProcessHandle>();
    family.add(process);
    family.addAll(process.descendants().toList());
    family.forEach(ProcessHandle::destroyForcibly);
    if (!awaitEnd(family, GRACE) && !Thread.currentThread().isInterrupted()) {
      throw new StackException("process %d does not end".formatted(pid()));
    }
  }

  private static boolean awaitEnd(List<ProcessHandle> processes, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    try {
      while (processes.stream().anyMatch(ServerProcess::isRunning)) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(5);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !isZombie(process);
  }

  /**
   * In a container whose first process does not reap orphans, a dead one stays "alive" for ever.
   * One that still has other threads is not dead, and may hold its port yet.
   */
  private static boolean isZombie(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return ZOMBIE.matcher(stat).find(stat.lastIndexOf(')'));
    } catch (IOException notLinuxOrGone) {
      return false;
    }
  }

  static boolean names(ProcessHandle process, Path home) {
    // not followed by more of a name: .../stack-12 is not .../stack-123
    var name = Pattern.compile(Pattern.quote(home.toString()) + "(?![^/\\s\\x00\"'])");
    return commandLine(process).filter(line -> name.matcher(line).find()).isPresent();
  }

  /** From /proc where it exists, as {@link ProcessHandle} cuts long command lines there. */
  private static Optional<String> commandLine(ProcessHandle process) {
    try {
      var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException notLinuxOrGone) {
      return process.info().commandLine();
    }
  }

  private static Optional<String> firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** The last line that is no part of a stack trace. */
  static String lastLine(Path log) {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> !STACK_TRACE_OR_BLANK.matcher(line).lookingAt())
          .reduce("", (_, last) -> last)
          .strip();
    } catch (IOException e) {
      return "no log";
    }
  }
}
