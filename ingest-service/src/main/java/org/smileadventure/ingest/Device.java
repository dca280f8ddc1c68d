package org.smileadventure.ingest;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.smileadventure.common.event.ChildId;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who sends events, as its token says. */
public final class Device {
  private static final String CHILDREN_CLAIM = "children";

  private Device() {}

  /** For whom the device may speak: one child, or those of a household. */
  public static Set<ChildId> children(Jwt device) {
    return device.getClaim(CHILDREN_CLAIM) instanceof Collection<?> ids
        ? ids.stream()
            .filter(id -> id instanceof Number number && number.longValue() > 0)
            .map(id -> new ChildId(((Number) id).longValue()))
            .collect(Collectors.toSet())
        : Set.of();
  }
}
