package org.smileadventure.ingest.collector;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.smileadventure.common.event.ChildId;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where games send events that do not speak Kafka. */
@RestController
class CollectorEndpoint {
  private static final String CHILDREN_CLAIM = "children";

  private final EventReader reader;
  private final Collector collector;

  CollectorEndpoint(EventReader reader, Collector collector) {
    this.reader = reader;
    this.collector = collector;
  }

  record Receipt(long accepted, long rejected, List<Verdict> verdicts) {}

  @PostMapping("/api/v1/events")
  ResponseEntity<Receipt> collect(HttpServletRequest request, @AuthenticationPrincipal Jwt device)
      throws IOException {
    var submitted = reader.read(request);
    var verdicts = collector.take(submitted.events(), children(device));
    var accepted = verdicts.stream().filter(Verdict::isAccepted).count();
    if (accepted == 0 && !verdicts.isEmpty()) {
      throw submitted.batched()
          ? RefusedRequestException.allRejected(verdicts)
          : RefusedRequestException.rejected(verdicts.getFirst());
    }
    return ResponseEntity.accepted()
        .body(new Receipt(accepted, verdicts.size() - accepted, verdicts));
  }

  /** For whom the device may speak: one child, or those of a household. */
  private static Set<ChildId> children(Jwt device) {
    return device.getClaim(CHILDREN_CLAIM) instanceof Collection<?> ids
        ? ids.stream()
            .filter(id -> id instanceof Number number && number.longValue() > 0)
            .map(id -> new ChildId(((Number) id).longValue()))
            .collect(Collectors.toSet())
        : Set.of();
  }
}
