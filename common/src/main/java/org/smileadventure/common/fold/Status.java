package org.smileadventure.common.fold;

import java.util.Locale;
import org.smileadventure.common.event.Payload.EndStatus;

/** Where a session stands. What has ended never goes on again, nor ends in another way. */
public enum Status {
  IN_PROGRESS,
  COMPLETED,
  ABANDONED,
  INTERRUPTED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in the column {@code completion_status}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The status of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Status named(String wireName) {
    for (var status : values()) {
      if (status.wireName.equals(wireName)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no session has the status '" + wireName + "'");
  }

  static Status of(EndStatus end) {
    return switch (end) {
      case COMPLETED -> COMPLETED;
      case ABANDONED -> ABANDONED;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
