package org.smileadventure.ingest.collector;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.smileadventure.ingest.Device;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where games send events that do not speak Kafka. */
@RestController
class CollectorEndpoint {
  private final EventReader reader;
  private final BeaconReader beacons;
  private final Collector collector;
  private final DeviceRate rate;

  CollectorEndpoint(
      EventReader reader, BeaconReader beacons, Collector collector, DeviceRate rate) {
    this.reader = reader;
    this.beacons = beacons;
    this.collector = collector;
    this.rate = rate;
  }

  record Receipt(long accepted, long rejected, List<Verdict> verdicts) {}

  @PostMapping("/api/v1/events")
  ResponseEntity<Receipt> collect(HttpServletRequest request, @AuthenticationPrincipal Jwt device)
      throws IOException {
    return receipt(reader.read(request), device);
  }

  /** Takes what a page sends that is being closed. */
  @PostMapping("/api/v1/events/beacon")
  ResponseEntity<Receipt> beacon(HttpServletRequest request) throws IOException {
    var beacon = beacons.read(request);
    return receipt(beacon.events(), beacon.device());
  }

  private ResponseEntity<Receipt> receipt(EventReader.Submitted submitted, Jwt device) {
    rate.require(String.valueOf(device.getSubject()), submitted.events().size());
    var verdicts = collector.take(submitted.events(), Device.children(device));
    var accepted = verdicts.stream().filter(Verdict::isAccepted).count();
    if (accepted == 0 && !verdicts.isEmpty()) {
      throw submitted.batched()
          ? RefusedRequestException.allRejected(verdicts)
          : RefusedRequestException.rejected(verdicts.getFirst());
    }
    return ResponseEntity.accepted()
        .body(new Receipt(accepted, verdicts.size() - accepted, verdicts));
  }
}
