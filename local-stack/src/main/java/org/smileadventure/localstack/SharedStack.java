package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one stack of this JVM's tests. */
final class SharedStack {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String PREFIX = "local-stack-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})");

  private static @Nullable LocalStack stack;
  private static @Nullable String failure;

  private SharedStack() {}

  static synchronized LocalStack get() {
    if (failure != null) {
      throw new StackException(failure); // as it would fail for every test, only slower
    }
    if (stack == null) {
      try {
        stack = open(System.getProperty("smile.stack", "embedded"));
      } catch (StackException e) {
        failure = e.getMessage();
        throw e;
      }
    }
    return stack;
  }

  static LocalStack open(String kind) {
    return switch (kind) {
      case "embedded" -> openEmbedded();
      case "docker" -> ContainerStack.open();
      case "none" ->
          throw new StackException(
              "this run has no servers; put @RealServers on the test that asks for them");
      default ->
          throw new StackException("smile.stack is '" + kind + "'; use 'embedded' or 'docker'");
    };
  }

  private static LocalStack openEmbedded() {
    sweep(TARGET);
    var directory = TARGET.resolve(PREFIX + ProcessHandle.current().pid());
    var embedded =
        EmbeddedStack.open(
            StackOptions.in(directory)
                .withBinariesIn(LocalStack.SHARED_BINARIES)
                .withoutDurability());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  embedded.close();
                  FileTree.delete(directory);
                },
                "local-stack-shared-exit"));
    return embedded;
  }

  /**
   * Removes what JVMs that were killed left behind: their servers first, then their directories.
   */
  static void sweep(Path target) {
    if (!Files.isDirectory(target)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(target)) {
      for (var entry : entries) {
        var name = NAME.matcher(entry.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          DirectoryLock.tryAcquire(entry).ifPresent(lock -> remove(entry, lock));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory, DirectoryLock lock) {
    try (lock) {
      EmbeddedServers.of(StackOptions.in(directory)).stopOrphans();
      FileTree.delete(directory);
    }
  }
}
