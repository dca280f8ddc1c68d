package org.smileadventure.demo.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a Dockerfile makes on top of its base image, as a file tree, and containers of it. No engine
 * is needed: {@code container.sh} tells what stands in its place.
 *
 * @param workdir where commands run
 */
record Image(Dockerfile dockerfile, Path root, String workdir) {
  private static final Path SCRIPT =
      Checkout.file("demo/src/test/resources/container.sh").toAbsolutePath();

  /** Whether namespaces can be had here. */
  static boolean canBeRun() {
    try {
      var tried =
          new ProcessBuilder(
                  "unshare", "--mount", "--pid", "--fork", "mount", "--make-rprivate", "/")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Follows the Dockerfile of a module in a directory.
   *
   * @param trained whether with the run that makes the AOT cache, which takes long; without it the
   *     image has none, and starts slower
   */
  static Image build(String module, Path directory, boolean trained) {
    var dockerfile = Dockerfile.of(module);
    var stages = new HashMap<String, Path>();
    var root = directory;
    var workdir = "/";
    for (var instruction : dockerfile.instructions()) {
      var arguments = instruction.arguments();
      switch (instruction.keyword()) {
        case "FROM" -> {
          var words = List.of(arguments.split(" "));
          root = directory.resolve(Integer.toString(stages.size()));
          stages.put(words.size() == 3 ? words.getLast() : "", root);
          workdir = "/";
        }
        case "WORKDIR" -> {
          workdir = arguments;
          make(root.resolve(workdir.substring(1)));
        }
        case "COPY" -> copy(arguments, stages, root.resolve(workdir.substring(1)));
        case "RUN" -> {
          if (trained || !arguments.contains("AOTCacheOutput")) {
            run(root, workdir, arguments);
          }
        }
        case "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT" -> {}
        default -> throw new AssertionError("nobody has taught " + instruction + " to this test");
      }
    }
    return new Image(dockerfile, root, workdir);
  }

  private static void copy(String arguments, Map<String, Path> stages, Path into) {
    var words = List.of(arguments.split(" "));
    if (!words.getFirst().startsWith("--from=")) {
      var from = Checkout.file(words.getFirst());
      try (var files = Files.newDirectoryStream(from.getParent(), from.getFileName().toString())) {
        for (var file : files) {
          Files.copy(file, into.resolve(words.getLast()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    var stage = stages.get(words.getFirst().substring("--from=".length()));
    if (stage == null) {
      throw new AssertionError("no stage for " + arguments);
    }
    var from = stage.resolve(words.get(1).substring(1));
    if (Files.isDirectory(from)) {
      // The same file in both trees, which nobody writes to.
      check("cp", "--archive", "--link", from + "/.", into.toString());
    } else if (Files.exists(from)) {
      check("cp", "--archive", "--link", from.toString(), into.toString());
    }
  }

  private static void run(Path root, String workdir, String command) {
    check(
        command(root, workdir, "root", "none", List.of("bash", "-c", command))
            .toArray(String[]::new));
  }

  private static void check(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Path root, String workdir, String user, String memory, List<String> command) {
    return Stream.concat(
            Stream.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "bash",
                SCRIPT.toString(),
                root.toString(),
                workdir,
                user,
                memory,
                System.getProperty("java.home")),
            command.stream())
        .toList();
  }

  /** Starts a container of it, with these arguments to its entry point. */
  Container start(
      Map<String, String> environment, MemoryLimit memory, Path log, String... arguments) {
    var user = dockerfile.one("USER").arguments();
    var entryPoint = new ArrayList<>(dockerfile.one("ENTRYPOINT").command());
    if (Files.notExists(root.resolve(workdir.substring(1)).resolve("application.aot"))) {
      // Else Java would do without what it brings itself, too.
      entryPoint.removeIf(argument -> argument.startsWith("-XX:AOTCache="));
    }
    entryPoint.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command(root, workdir, user, memory.groupOrNone(), entryPoint))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().putAll(environment);
    if (memory.group() == null) {
      builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + memory.bytes());
    }
    try {
      return new Container(this, builder.start(), user, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
