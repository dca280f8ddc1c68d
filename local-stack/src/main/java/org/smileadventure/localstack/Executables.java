package org.smileadventure.localstack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Programs found by the search path. */
final class Executables {
  private Executables() {}

  static Optional<Path> find(String program) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** In a directory that a search path may lack. */
  static Optional<Path> in(String directory, String program) {
    return Optional.of(Path.of(directory, program)).filter(Files::isExecutable);
  }
}
