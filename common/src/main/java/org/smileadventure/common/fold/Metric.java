package org.smileadventure.common.fold;

import org.jspecify.annotations.Nullable;

/** A value that a completed session may have, and of which a window has a series. */
public enum Metric {
  SCORE(0),
  ENGAGEMENT(2),
  SUCCESS(2),
  /** In seconds, as are the next three. */
  DURATION(0),
  RECOVERY(3),
  ACTIVE(0),
  DISTRESS(0),
  /** A parent's, from 1 to 5. */
  RATING(0),
  /** Engagement of the sessions with a support person. */
  SUPPORTED_ENGAGEMENT(2),
  SUPPORTED_SUCCESS(2),
  /** Success of the sessions of which nobody knows whether somebody was there. */
  SUCCESS_OF_UNKNOWN_SUPPORT(2);

  private final int scale;

  Metric(int scale) {
    this.scale = scale;
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
      case SUPPORTED_ENGAGEMENT -> isSupported(session) ? whole(session.engagement()) : null;
      case SUPPORTED_SUCCESS -> isSupported(session) ? whole(session.success()) : null;
      case SUCCESS_OF_UNKNOWN_SUPPORT ->
          session.supported() == null ? whole(session.success()) : null;
    };
  }

  private static boolean isSupported(SessionFigures session) {
    return Boolean.TRUE.equals(session.supported());
  }

  private static @Nullable Long whole(@Nullable Integer value) {
    return value == null ? null : value.longValue();
  }
}
