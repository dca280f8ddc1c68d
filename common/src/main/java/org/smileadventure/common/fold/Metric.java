package org.smileadventure.common.fold;

import org.jspecify.annotations.Nullable;

/** A value that a completed session may have, and of which a window has a series. */
public enum Metric {
  SCORE(0, 0),
  ENGAGEMENT(1, 2),
  SUCCESS(2, 2),
  /** In seconds, as are the next three. */
  DURATION(3, 0),
  RECOVERY(4, 3),
  ACTIVE(5, 0),
  DISTRESS(6, 0),
  /** A parent's, from 1 to 5. */
  RATING(7, 0);

  private final int place;
  private final int scale;

  Metric(int place, int scale) {
    this.place = place;
    this.scale = scale;
  }

  /** Among all of them, from 0. */
  int place() {
    return place;
  }

  /** How many decimals a value has: it is kept as an integer of that unit. */
  public int scale() {
    return scale;
  }

  /** Null: the session has none. */
  public @Nullable Long of(SessionFigures session) {
    return switch (this) {
      case SCORE -> whole(session.score());
      case ENGAGEMENT -> whole(session.engagement());
      case SUCCESS -> whole(session.success());
      case DURATION -> whole(session.durationSeconds());
      case RECOVERY -> session.recoveryMillis();
      case ACTIVE -> whole(session.activeSeconds());
      case DISTRESS -> whole(session.distressSeconds());
      case RATING -> whole(session.rating());
    };
  }

  private static @Nullable Long whole(@Nullable Integer value) {
    return value == null ? null : value.longValue();
  }
}
