package org.smileadventure.ingest.quarantine;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.ingest.quarantine.DryRun.Verdict;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins what would become of records of the quarantine if they were sent again now. */
@RestController
class DryRunEndpoint {
  private static final int MOST = 1_000;

  /** They are all held at once. */
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private final QuarantineLog quarantine;
  private final DryRun dryRun;
  private final Readings readings;

  DryRunEndpoint(QuarantineLog quarantine, DryRun dryRun, Readings readings) {
    this.quarantine = quarantine;
    this.dryRun = dryRun;
    this.readings = readings;
  }

  /**
   * @param outcomes the most frequent one first
   * @param items the oldest first
   * @param nextCursor null: there are no more. Not null also with none: at most 1,000 records are
   *     looked at for an answer
   */
  record Checked(
      int checked, List<Outcome> outcomes, List<Verdict> items, @Nullable String nextCursor) {}

  record Outcome(String outcome, int records) {}

  @PostMapping("/api/v1/quarantine/check")
  Checked check(
      @RequestParam @Nullable String reason,
      @RequestParam @Nullable Instant since,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam @Nullable String cursor,
      Principal who) {
    if (limit < 1 || limit > MOST) {
      throw new BadParameterException("limit", "from 1 to " + MOST, Integer.toString(limit));
    }
    var wanted = Selection.of(reason, since);
    var found = new ArrayList<ConsumerRecord<byte[], byte @Nullable []>>();
    var bytes = new AtomicLong();
    var position =
        quarantine.read(
            wanted.from(cursor, quarantine),
            MOST,
            records -> {
              var used = 0;
              for (var kafkaRecord : records) {
                if (found.size() == limit || bytes.get() > MOST_BYTES) {
                  break;
                }
                used++;
                if (wanted.has(kafkaRecord)) {
                  found.add(kafkaRecord);
                  bytes.addAndGet(kafkaRecord.serializedValueSize());
                }
              }
              return used;
            });
    readings.note("check", found.stream().map(QuarantinedRecord::of).toList(), who.getName());
    var verdicts = dryRun.of(quarantine.id(), found);
    return new Checked(verdicts.size(), outcomes(verdicts), verdicts, position.cursor());
  }

  private static List<Outcome> outcomes(List<Verdict> verdicts) {
    var counts = new TreeMap<String, Integer>();
    verdicts.forEach(verdict -> counts.merge(verdict.outcome(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> new Outcome(count.getKey(), count.getValue()))
        .sorted(Comparator.comparingInt(Outcome::records).reversed())
        .toList();
  }
}
