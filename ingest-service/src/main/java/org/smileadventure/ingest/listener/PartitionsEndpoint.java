package org.smileadventure.ingest.listener;

import org.smileadventure.common.service.ProblemException;
import org.smileadventure.ingest.listener.LagMeter.Lag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins how far ingest is behind in each partition, as it was measured last. */
@RestController
class PartitionsEndpoint {
  private static final long RETRY_AFTER_SECONDS = 5;

  private final LagMeter meter;

  PartitionsEndpoint(LagMeter meter) {
    this.meter = meter;
  }

  @GetMapping("/api/v1/ingest/partitions")
  Lag partitions() {
    return meter
        .lag()
        .orElseThrow(
            () ->
                new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not tell the lag; try again")
                    .retryAfter(RETRY_AFTER_SECONDS));
  }
}
