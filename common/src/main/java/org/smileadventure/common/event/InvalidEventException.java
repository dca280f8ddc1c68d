package org.smileadventure.common.event;

/** An event that cannot be stored as it is. The message names the field and what was expected. */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1;

  private final Rejection reason;
  private final String detail;

  public InvalidEventException(Rejection reason, String detail) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }

  public Rejection reason() {
    return reason;
  }

  /** The message, which is never null here. */
  public String detail() {
    return detail;
  }
}
