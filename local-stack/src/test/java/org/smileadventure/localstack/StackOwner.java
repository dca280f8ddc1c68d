package org.smileadventure.localstack;

import java.nio.file.Path;

/** A JVM that opens a stack on a directory and waits to be ended. */
final class StackOwner {
  private StackOwner() {}

  static void main(String[] arguments) throws InterruptedException {
    var stack = LocalStack.open(StackDirectoryTest.options(Path.of(arguments[0])));
    Sql.execute(stack.jdbcUrl("postgres"), "CREATE TABLE t AS SELECT 42 AS answer");
    IO.println("READY");
    Thread.sleep(60_000);
  }
}
