package org.smileadventure.web.operations.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records of a reason that are sent again, one after the other.
 *
 * @param most so many are sent
 * @param askedBy the number of an account
 * @param state running, completed, stopped or failed
 * @param endedAt null: it goes on
 */
public record Replay(
    String id,
    String reason,
    @Nullable Instant since,
    long most,
    long perSecond,
    @Nullable String askedBy,
    Instant askedAt,
    String state,
    long sent,
    long alreadySent,
    long notSendable,
    long lookedAt,
    @Nullable Instant endedAt,
    @Nullable String failure) {
  private static final String RUNNING = "running";

  public boolean isRunning() {
    return state.equals(RUNNING);
  }

  /** The state, by a name that pages have a shape for. */
  public String shape() {
    return switch (state) {
      case "completed" -> "kept";
      case RUNNING, "stopped" -> "at_risk";
      case "failed" -> "broken";
      default -> "unknown";
    };
  }
}
