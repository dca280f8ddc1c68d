package org.smileadventure.demo.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of the repository, from whichever directory of it the tests run. */
public final class Checkout {
  private static final Path ROOT = root();

  private Checkout() {}

  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  public static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, directory -> directory != null, Path::getParent)
        .filter(directory -> Files.exists(directory.resolve("docker-compose.yml")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no docker-compose.yml at or above " + here));
  }
}
