package org.smileadventure.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JVM that starts a server which never answers. */
final class SilentServerOwner {
  private SilentServerOwner() {}

  static void main(String[] arguments) throws IOException {
    var directory = Path.of(arguments[0]);
    var binaries = Files.createDirectory(directory.resolve("silent-bin"));
    var script =
        binaries.resolve(Binaries.redis(LocalStack.SHARED_BINARIES).getFileName()).toFile();
    Files.writeString(script.toPath(), "#!/bin/sh\nwhile :; do sleep 1; done\n");
    if (!script.setExecutable(true)) {
      throw new IOException("cannot make executable: " + script);
    }
    IO.println("READY");
    new RedisServer(directory.resolve("silent"), binaries, 0).start();
  }
}
