package org.smileadventure.common.event;

/**
 * An event that cannot be stored as it is. The message names the field and what was expected, and
 * nothing that the event says: it travels beside the record, and is kept where the record is not.
 */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_LENGTH = 500;

  private final Rejection reason;
  private final String detail;

  public InvalidEventException(Rejection reason, String detail) {
    var shown = detail.length() <= MAX_LENGTH ? detail : detail.substring(0, MAX_LENGTH - 1) + "…";
    super(shown);
    this.reason = reason;
    this.detail = shown;
  }

  public Rejection reason() {
    return reason;
  }

  /** The message, which is never null here. */
  public String detail() {
    return detail;
  }
}
