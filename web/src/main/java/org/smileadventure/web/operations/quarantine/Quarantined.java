package org.smileadventure.web.operations.quarantine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record in quarantine, without what it says.
 *
 * @param detail what was wrong with it, in English
 * @param origin topic, partition and offset where it first came from
 * @param valueKept false: it was too large, and cannot be sent again
 * @param replayedAt null: it was not sent again
 */
public record Quarantined(
    long id,
    @Nullable String reason,
    @Nullable String detail,
    Instant setAsideAt,
    @Nullable String origin,
    long bytes,
    boolean valueKept,
    int attempts,
    @Nullable Instant replayedAt) {

  /** Text, or else Base64; both null where there is nothing. */
  public record Content(@Nullable String name, @Nullable String text, @Nullable String base64) {
    public @Nullable String shown() {
      return text != null ? text : base64;
    }
  }

  /** A record with what it says, as it came. */
  public record Whole(
      Quarantined quarantined, @Nullable String key, List<Content> headers, Content value) {}
}
