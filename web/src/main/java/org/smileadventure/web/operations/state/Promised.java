package org.smileadventure.web.operations.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the services promise, and whether it holds.
 *
 * @param promise freshness, latency, night or nothing_lost
 * @param state one of {@link #STATES}
 * @param said how it stands, in an English sentence
 * @param since null: nobody knows, or it was never otherwise
 * @param value what is measured, as the bound; null: nothing is
 * @param unit s, ms or records
 */
public record Promised(
    String promise,
    String state,
    @Nullable String said,
    @Nullable Instant since,
    @Nullable Double value,
    @Nullable Double bound,
    @Nullable String unit) {
  public static final List<String> STATES = List.of("kept", "at_risk", "broken", "unknown");

  /** The state, by a name that pages have a shape for. */
  public String shape() {
    return STATES.contains(state) ? state : "unknown";
  }

  /** Where to look next. */
  public String next() {
    return switch (promise) {
      case "freshness" -> "/operations/ingest";
      case "night" -> "/operations/jobs";
      case "nothing_lost" -> "/operations/quarantine";
      default -> "/operations/instances";
    };
  }
}
