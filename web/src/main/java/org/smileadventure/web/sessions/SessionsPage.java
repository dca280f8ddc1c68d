package org.smileadventure.web.sessions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.web.child.Child;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A page of a child's sessions, newest first.
 *
 * @param type those of it only; null: of all, as with status
 * @param isFirst no later sessions come before these
 * @param nextCursor null: no earlier ones come after these
 */
public record SessionsPage(
    Child child,
    List<Session> sessions,
    @Nullable String type,
    @Nullable String status,
    boolean isFirst,
    @Nullable String nextCursor) {
  public static final List<String> TYPES =
      List.of(
          "dental_visit",
          "therapy_session",
          "social_scenario",
          "sensory_exploration",
          "daily_routine",
          "emergency_preparation");
  public static final List<String> STATUSES =
      List.of("completed", "abandoned", "interrupted", "in_progress");

  public boolean isFiltered() {
    return type != null || status != null;
  }

  /** The same choice of sessions, from this cursor on; null: from the newest one on. */
  public String path(@Nullable String cursor) {
    var path = UriComponentsBuilder.fromPath("/children/{id}/sessions");
    if (type != null) {
      path.queryParam("session_type", "{type}");
    }
    if (status != null) {
      path.queryParam("completion_status", "{status}");
    }
    if (cursor != null) {
      path.queryParam("cursor", "{cursor}");
    }
    return path.encode()
        .buildAndExpand(
            Map.of(
                "id", child.id(),
                "type", String.valueOf(type),
                "status", String.valueOf(status),
                "cursor", String.valueOf(cursor)))
        .toUriString();
  }
}
