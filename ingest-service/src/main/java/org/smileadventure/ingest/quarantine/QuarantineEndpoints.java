package org.smileadventure.ingest.quarantine;

import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.service.BadParameterException;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.ingest.quarantine.QuarantineLog.Position;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
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
  private static final Logger log = LoggerFactory.getLogger(QuarantineEndpoints.class);
  private static final Logger audit = LoggerFactory.getLogger("audit");
  private static final int LOOKED_AT_FOR_A_PAGE = 5_000;
  private static final int LOOKED_AT_FOR_A_REPLAY = 10_000;

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
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam @Nullable String cursor,
      Principal who) {
    if (limit < 1 || limit > 100) {
      throw new BadParameterException("limit", "from 1 to 100", Integer.toString(limit));
    }
    var wanted = reason == null ? null : reason(reason);
    var found = new ArrayList<QuarantinedRecord>();
    var position =
        quarantine.read(
            position(cursor),
            LOOKED_AT_FOR_A_PAGE,
            records -> {
              var used = 0;
              for (var kafkaRecord : records) {
                if (found.size() == limit) {
                  break;
                }
                used++;
                if (wanted == null || wanted.wireName().equals(reasonOf(kafkaRecord))) {
                  found.add(QuarantinedRecord.of(kafkaRecord));
                }
              }
              return used;
            });
    readings.note(found, who.getName());
    var replayed = replays.of(quarantine.id(), found.stream().map(QuarantinedRecord::id).toList());
    return new Page(
        found.stream().map(r -> r.replayed(replayed.get(r.id()))).toList(), cursor(position));
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
    if (isWithoutItsValue(kafkaRecord)) {
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
      throw new ProblemException(
          HttpStatus.CONFLICT, "record " + id + " is larger than what the event topic takes");
    }
    audit.info("user {} replayed record {} of the quarantine", who.getName(), id);
    return new Replayed(id, now, false);
  }

  /**
   * What became of the records with a reason.
   *
   * @param notReplayable they, or their values, are too large
   * @param nextCursor null: that was all of them
   */
  record ReplayedByReason(
      int replayed, int alreadyReplayed, int notReplayable, @Nullable String nextCursor) {}

  @PostMapping("/api/v1/quarantine/replay")
  ReplayedByReason replayByReason(
      @RequestParam String reason, @RequestParam @Nullable String cursor, Principal who) {
    var wanted = reason(reason);
    var topicId = quarantine.id();
    var counts = new int[3];
    try {
      var position =
          quarantine.read(
              position(cursor),
              LOOKED_AT_FOR_A_REPLAY,
              records -> {
                var asked =
                    records.stream().filter(r -> wanted.wireName().equals(reasonOf(r))).toList();
                var whole = asked.stream().filter(r -> !isWithoutItsValue(r)).toList();
                var outcome = replays.send(topicId, whole, clock.instant(), who.getName());
                counts[0] += outcome.sent().size();
                counts[1] += outcome.before().size();
                counts[2] += asked.size() - outcome.sent().size() - outcome.before().size();
                return records.size();
              });
      return new ReplayedByReason(counts[0], counts[1], counts[2], cursor(position));
    } finally {
      audit.info(
          "user {} replayed {} records of the quarantine for {}",
          who.getName(),
          counts[0],
          wanted.wireName());
    }
  }

  private ConsumerRecord<byte[], byte @Nullable []> find(long id) {
    return quarantine
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND, "there is no record " + id + " in the quarantine"));
  }

  private static boolean isWithoutItsValue(ConsumerRecord<?, ?> kafkaRecord) {
    return kafkaRecord.headers().lastHeader(QuarantineHeaders.VALUE_BYTES) != null;
  }

  private static @Nullable String reasonOf(ConsumerRecord<?, ?> kafkaRecord) {
    return QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.REASON);
  }

  private static Rejection reason(String name) {
    return Arrays.stream(Rejection.values())
        .filter(reason -> reason.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException(
                    "reason",
                    Arrays.stream(Rejection.values())
                        .map(Rejection::wireName)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    name));
  }

  private static Position position(@Nullable String cursor) {
    if (cursor == null) {
      return Position.START;
    }
    if (!cursor.matches("[0-9]{1,18}-[0-9]{1,18}")) {
      throw new BadParameterException("cursor", "the next_cursor of an answer", cursor);
    }
    var numbers = cursor.split("-", -1);
    return new Position(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  private static @Nullable String cursor(Position position) {
    return position.atEnd() ? null : position.next() + "-" + position.end();
  }

  /** Kafka is away, or does not answer in time. */
  @ExceptionHandler({
    org.apache.kafka.common.KafkaException.class,
    org.springframework.kafka.KafkaException.class,
    CompletionException.class
  })
  ResponseEntity<ProblemDetail> kafkaAway(Exception failure) {
    log.warn("the quarantine cannot be had: {}", failure.toString());
    return tryAgain("Kafka does not answer; try again");
  }

  /** Another replay holds the right to send for longer than one waits for a lock. */
  @ExceptionHandler(PessimisticLockingFailureException.class)
  ResponseEntity<ProblemDetail> replayed() {
    return tryAgain("another replay is under way; try again when it is through");
  }

  private static ResponseEntity<ProblemDetail> tryAgain(String detail) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
  }
}
