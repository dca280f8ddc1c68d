package org.smileadventure.ingest.quarantine;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.quarantine.QuarantineCounts.Counts;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins how much is in quarantine, and lets them say what they have seen of it. */
@RestController
class SeenEndpoints {
  private final QuarantineLog quarantine;
  private final QuarantineCounts counts;
  private final Seen seen;
  private final UnseenMeter meter;

  SeenEndpoints(QuarantineLog quarantine, QuarantineCounts counts, Seen seen, UnseenMeter meter) {
    this.quarantine = quarantine;
    this.counts = counts;
    this.seen = seen;
    this.meter = meter;
  }

  @GetMapping("/api/v1/quarantine/counts")
  Counts counts() {
    return counts.count();
  }

  /**
   * @param upTo the last record that was seen, which is there or was
   */
  record SeenUpTo(@NotNull @Min(0) Long upTo) {}

  @PostMapping("/api/v1/quarantine/seen")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void seen(@Valid @RequestBody SeenUpTo seenUpTo, Principal who) {
    long upTo = seenUpTo.upTo();
    var next = quarantine.newest(0).position().end();
    if (upTo >= next) {
      throw new BadParameterException(
          "up_to", "a record that is there, so below " + next, Long.toString(upTo));
    }
    seen.note(quarantine.id(), upTo, who.getName());
    meter.measure();
  }
}
