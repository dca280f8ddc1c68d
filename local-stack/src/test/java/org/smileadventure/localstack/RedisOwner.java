package org.smileadventure.localstack;

import java.nio.file.Path;

/** A JVM that runs Redis where a shared stack would have it, and waits to be ended. */
final class RedisOwner {
  private RedisOwner() {}

  static void main(String[] arguments) throws InterruptedException {
    var directory = Path.of(arguments[0], "local-stack-" + ProcessHandle.current().pid());
    var redis = new RedisServer(directory.resolve("redis"), LocalStack.SHARED_BINARIES, 0);
    redis.start();
    IO.println("READY");
    Thread.sleep(60_000);
  }
}
