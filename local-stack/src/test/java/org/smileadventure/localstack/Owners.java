package org.smileadventure.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Other JVMs that own servers, and the servers that are left when they are gone. */
final class Owners {
  private Owners() {}

  /** Returns once the owner's servers are up. */
  static Process start(Class<?> owner, Path directory) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                owner.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("READY");
    return process;
  }

  /** A server names its directory in its command line, where PostgreSQL's backends do not. */
  static List<ProcessHandle> serversIn(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> ServerProcess.names(process, directory))
        .toList();
  }
}
