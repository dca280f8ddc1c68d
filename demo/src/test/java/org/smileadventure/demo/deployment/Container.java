package org.smileadventure.demo.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A running {@link Image}.
 *
 * @param engine what waits for the container's first process, and ends as that does
 */
record Container(Image image, Process engine, String user, Path log) implements AutoCloseable {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Whether the command of HEALTHCHECK, run inside as the same user, says so. */
  boolean isHealthy(int port) {
    var first = engine.children().findFirst();
    if (first.isEmpty()) {
      return false;
    }
    var command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target",
                Long.toString(first.get().pid()),
                "--mount",
                "--pid",
                "--root",
                "--wd",
                "setpriv",
                "--reuid",
                user.replaceFirst(":.*", ""),
                "--regid",
                user.replaceFirst(".*:", ""),
                "--clear-groups",
                "--no-new-privs"));
    // Containers do not share their ports, these do.
    image
        .dockerfile()
        .one("HEALTHCHECK")
        .command()
        .forEach(
            word -> command.add(word.replaceFirst("127\\.0\\.0\\.1/\\d+", "127.0.0.1/" + port)));
    try {
      var check =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (check.waitFor(5, TimeUnit.SECONDS)) {
        return check.exitValue() == 0;
      }
      check.destroyForcibly();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The most memory that the first process has had so far, in bytes. */
  long peakBytes() {
    try {
      var status = Files.readString(Path.of("/proc/%d/status".formatted(first().pid())));
      var peak = PEAK.matcher(status);
      if (!peak.find()) {
        throw new AssertionError(status);
      }
      return Long.parseLong(peak.group(1)) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As an engine begins to stop it. */
  void terminate() {
    first().destroy();
  }

  private ProcessHandle first() {
    return engine.children().findFirst().orElseThrow(() -> new AssertionError(output()));
  }

  /** Its exit code, when it has ended; fails if it has not by then. */
  int endedWithin(Duration grace) throws InterruptedException {
    if (!engine.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still there after " + grace + "\n" + output());
    }
    return engine.exitValue();
  }

  String output() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first process by itself: it is not told that its parent died once it is another user. */
  @Override
  public void close() {
    engine.children().forEach(ProcessHandle::destroyForcibly);
    engine.destroyForcibly();
  }
}
