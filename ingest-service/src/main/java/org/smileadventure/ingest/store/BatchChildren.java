package org.smileadventure.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.Rejection;

/** The children of a batch: who is known, and what may be done with their events. */
final class BatchChildren {
  private final Set<ChildId> asked = new HashSet<>();
  private final Map<ChildId, ZoneId> zones = new HashMap<>();
  private final Set<ChildId> restricted = new HashSet<>();
  private Map<ChildId, Rejection> keptNowhere = Map.of();

  BatchChildren(List<DecodedEvent> batch) {
    batch.forEach(decoded -> asked.add(decoded.event().childId()));
  }

  long[] ids() {
    return asked.stream().mapToLong(ChildId::value).toArray();
  }

  /** Takes what a row says of one that is known. */
  void isKnown(ResultSet row) throws SQLException {
    if (row.getBoolean("play_consent")) {
      var child = new ChildId(row.getLong("id"));
      zones.put(child, ZoneId.of(row.getString("timezone")));
      if (row.getBoolean("restricted")) {
        restricted.add(child);
      }
    }
  }

  /** Those whose events cannot be stored. */
  Collection<ChildId> others() {
    return asked.stream().filter(child -> !zones.containsKey(child)).toList();
  }

  void areKeptNowhere(Map<ChildId, Rejection> reasons) {
    keptNowhere = reasons;
  }

  /** Whether events of the child may be stored. */
  boolean has(ChildId child) {
    return zones.containsKey(child);
  }

  /** Whether events of the child are stored and nothing more. */
  boolean isRestricted(ChildId child) {
    return restricted.contains(child);
  }

  /** Why nothing of the child may be kept; null if it may. */
  @Nullable Rejection keptNowhere(ChildId child) {
    return keptNowhere.get(child);
  }

  ZoneId zone(ChildId child) {
    return Objects.requireNonNull(zones.get(child));
  }

  Map<ChildId, ZoneId> zones() {
    return zones;
  }
}
