package org.smileadventure.common.fold;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.SessionId;

/**
 * A completed session as an attempt at its scenario.
 *
 * @param startedAt microseconds since 1970
 * @param id tells attempts apart that began at the same moment; null where there is but one
 * @param success hundredths of a percent
 */
record Attempt(long startedAt, @Nullable SessionId id, int success) {
  static final Comparator<Attempt> ORDER =
      Comparator.comparingLong(Attempt::startedAt)
          .thenComparing(Attempt::id, Comparator.nullsFirst(Comparator.naturalOrder()));
}
