package org.smileadventure.ingest.quarantine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.ingest.Device;
import org.smileadventure.ingest.quarantine.RefusedEvents.RefusedEvent;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells a device which events of its children were taken and could not be stored after all. */
@RestController
class RefusedEventsEndpoint {
  private static final int MOST = 1_000;

  private final RefusedEvents refused;

  RefusedEventsEndpoint(RefusedEvents refused) {
    this.refused = refused;
  }

  record Refusals(List<RefusedEvent> refused) {}

  @GetMapping("/api/v1/events/refused")
  Refusals refused(
      @AuthenticationPrincipal Jwt device,
      @RequestParam(name = "child_id", required = false) @Nullable Long child,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw new BadParameterException("limit", "from 1 to " + MOST, Integer.toString(limit));
    }
    var children = Device.children(device);
    if (child == null) {
      return new Refusals(refused.of(children, limit));
    }
    if (child < 1 || !children.contains(new ChildId(child))) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "child_id: the token is not bound to child " + child);
    }
    return new Refusals(refused.of(Set.of(new ChildId(child)), limit));
  }
}
