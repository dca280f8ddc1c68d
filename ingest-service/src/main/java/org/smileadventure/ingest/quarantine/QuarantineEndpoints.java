package org.smileadventure.ingest.quarantine;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.ingest.KafkaFaults;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows admins what was set aside, and lets them send it again once the cause is gone. */
@RestController
class QuarantineEndpoints {
  private static final Logger audit = LoggerFactory.getLogger("audit");
  private static final int LOOKED_AT_FOR_A_PAGE = 5_000;

  private final QuarantineLog quarantine;
  private final Replays replays;
  private final Readings readings;
  private final InstantSource clock;

  QuarantineEndpoints(
      QuarantineLog quarantine, Replays replays, Readings readings, InstantSource clock) {
    this.quarantine = quarantine;
    this.replays = replays;
    this.readings = readings;
    this.clock = clock;
  }

  /**
   * Records, the oldest first.
   *
   * @param nextCursor null: there are no more. Not null with fewer records than asked for, even
   *     none: the search for a reason has looked at as many as it does at once
   */
  record Page(List<QuarantinedRecord> items, @Nullable String nextCursor) {}

  @GetMapping("/api/v1/quarantine")
  Page page(
      @RequestParam @Nullable String reason,
      @RequestParam @Nullable Instant since,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam @Nullable String cursor,
      Principal who) {
    if (limit < 1 || limit > 100) {
      throw new BadParameterException("limit", "from 1 to 100", Integer.toString(limit));
    }
    var wanted = Selection.of(reason, since);
    var found = new ArrayList<QuarantinedRecord>();
    var position =
        quarantine.read(
            wanted.from(cursor, quarantine),
            LOOKED_AT_FOR_A_PAGE,
            records -> {
              var used = 0;
              for (var kafkaRecord : records) {
                if (found.size() == limit) {
                  break;
                }
                used++;
                if (wanted.has(kafkaRecord)) {
                  found.add(QuarantinedRecord.of(kafkaRecord));
                }
              }
              return used;
            });
    readings.note("list", found, who.getName());
    var replayed = replays.of(quarantine.id(), found.stream().map(QuarantinedRecord::id).toList());
    return new Page(
        found.stream().map(r -> r.replayed(replayed.get(r.id()))).toList(), position.cursor());
  }

  @GetMapping("/api/v1/quarantine/{id}")
  QuarantinedRecord.Whole whole(@PathVariable long id, Principal who) {
    var kafkaRecord = find(id);
    readings.note(quarantine.id(), kafkaRecord, who.getName());
    audit.info("user {} read record {} of the quarantine", who.getName(), id);
    return QuarantinedRecord.Whole.of(
        kafkaRecord, replays.of(quarantine.id(), List.of(id)).get(id));
  }

  /** One record was sent again, now or before. */
  record Replayed(long id, Instant replayedAt, boolean already) {}

  @PostMapping("/api/v1/quarantine/{id}/replay")
  Replayed replay(@PathVariable long id, Principal who) {
    var kafkaRecord = find(id);
    if (QuarantinedRecord.isWithoutItsValue(kafkaRecord)) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "the value of record %d was too large to be set aside; it stands at %s"
              .formatted(
                  id, QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.ORIGIN)));
    }
    var now = clock.instant();
    var outcome = replays.send(quarantine.id(), List.of(kafkaRecord), now, who.getName());
    var before = outcome.before().get(id);
    if (before != null) {
      return new Replayed(id, before, true);
    }
    if (outcome.sent().isEmpty()) {
      if (quarantine.shown(List.of(kafkaRecord)).isEmpty()) {
        throw none(id);
      }
      throw new ProblemException(
          HttpStatus.CONFLICT, "record " + id + " is larger than what the event topic takes");
    }
    audit.info("user {} replayed record {} of the quarantine", who.getName(), id);
    return new Replayed(id, now, false);
  }

  private ConsumerRecord<byte[], byte @Nullable []> find(long id) {
    return quarantine.find(id).orElseThrow(() -> none(id));
  }

  private static ProblemException none(long id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "there is no record " + id + " in the quarantine");
  }

  /** Another replay holds the right to send for longer than one waits for a lock. */
  @ExceptionHandler(PessimisticLockingFailureException.class)
  ResponseEntity<ProblemDetail> replayed() {
    return KafkaFaults.tryAgain("another replay is under way; try again when it is through");
  }
}
