package org.smileadventure.query.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that operators have promised, and whether it is kept.
 *
 * @param said a sentence for people
 * @param since when it was broken, or what puts it at risk began; null: that is not known, or it is
 *     kept
 * @param value what is measured; null: it is not known
 * @param bound up to which value it is kept; null where there is none
 * @param unit s, ms or records
 */
record Promise(
    Name promise,
    State state,
    String said,
    @Nullable Instant since,
    @Nullable Double value,
    @Nullable Double bound,
    String unit) {

  /** What is promised. */
  enum Name {
    FRESHNESS,
    LATENCY,
    NIGHT,
    NOTHING_LOST;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is kept. */
  enum State {
    KEPT,
    AT_RISK,
    BROKEN,
    UNKNOWN;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** At risk is what is beyond half of the bound. */
    static State of(double value, double bound) {
      return value > bound ? BROKEN : value > bound / 2 ? AT_RISK : KEPT;
    }
  }
}
