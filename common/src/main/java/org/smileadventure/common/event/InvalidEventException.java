package org.smileadventure.common.event;

/** An event that cannot be stored as it is. The message names the field and what was expected. */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1;

  private final Rejection reason;

  public InvalidEventException(Rejection reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Rejection reason() {
    return reason;
  }
}
