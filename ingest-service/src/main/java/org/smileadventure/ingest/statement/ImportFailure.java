package org.smileadventure.ingest.statement;

/** Why nothing more can be imported, for who typed the command. */
final class ImportFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  ImportFailure(String message) {
    super(message);
  }

  ImportFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
