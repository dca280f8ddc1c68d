package org.smileadventure.common.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names by which the constants of the contract go on the wire and in the database. */
public final class WireName {
  private WireName() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The name, if there is a constant. */
  public static @Nullable String ofAny(@Nullable Enum<?> constant) {
    return constant == null ? null : of(constant);
  }
}
