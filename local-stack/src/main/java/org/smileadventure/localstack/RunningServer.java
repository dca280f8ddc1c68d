package org.smileadventure.localstack;

/** A server between one start and its end. */
sealed interface RunningServer permits KafkaNode, ServerProcess {

  boolean isRunning();

  /** Ends the server in an orderly way and waits for its end. */
  void stop();

  /** Ends the server at once, as a crash would, and waits for its end. */
  void kill();
}
