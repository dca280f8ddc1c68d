package org.smileadventure.localstack;

/**
 * A failure that the person running the stack can do something about: a port or directory in use, a
 * missing binary, a server that ended early, no Docker engine. The message is one line and complete
 * without the stack trace.
 */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
