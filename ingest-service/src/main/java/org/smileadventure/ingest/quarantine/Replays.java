package org.smileadventure.ingest.quarantine;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.Rejection;
import org.smileadventure.common.security.AuditActor;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends records of the quarantine again, as they came, and keeps account of it: a record is sent
 * once, however often that is asked for. A crash before it is noted sends it twice, and the store
 * ignores the second one.
 */
@Component
class Replays {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final ReplaySender sender;
  private final QuarantineLog quarantine;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final String topic;
  private final MeterRegistry meters;

  Replays(
      ReplaySender sender,
      QuarantineLog quarantine,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      IngestProperties properties,
      MeterRegistry meters) {
    this.sender = sender;
    this.quarantine = quarantine;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.topic = properties.topic();
    this.meters = meters;
    // Known before the first one, so that a rate sees it.
    for (var reason : Rejection.values()) {
      count(reason.wireName(), 0);
    }
  }

  /** When those of these records were sent again that have been. */
  Map<Long, Instant> of(String topicId, List<Long> ids) {
    var replayed = new HashMap<Long, Instant>();
    jdbc.sql(
            """
            SELECT id, replayed_at FROM quarantine_replay
            WHERE topic_id = :topic_id AND id = ANY (:ids::bigint[])
            """)
        .param("topic_id", topicId)
        .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .query(
            row -> {
              replayed.put(row.getLong("id"), row.getTimestamp("replayed_at").toInstant());
            });
    return replayed;
  }

  /**
   * What became of records that were to be sent again. If nothing failed, those that are in neither
   * were too large for Kafka: it may take none of a size that it took when they were compressed.
   *
   * @param before when those were sent that had been sent already
   * @param failure why Kafka did not take others; null: nothing failed
   */
  record Outcome(
      Set<Long> sent, Map<Long, Instant> before, @Nullable CompletionException failure) {}

  /**
   * Puts on record that these records are to be sent again, and sends them, but for those that have
   * been or that may not be shown any more. One caller at a time.
   *
   * @param by the subject who asks for it
   * @throws CannotAcquireLockException if another caller does not come to its end
   * @throws CompletionException if Kafka does not take one of them; others may have been taken
   */
  Outcome send(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> records,
      Instant now,
      String by) {
    putOnRecord(records, by);
    var outcome =
        requireNonNull(
            transaction.execute(
                _ -> {
                  waitForOthers();
                  return sendLocked(topicId, quarantine.shown(records), now, by);
                }));
    // Not before it is committed what was taken.
    var failure = outcome.failure();
    if (failure != null) {
      throw failure;
    }
    return outcome;
  }

  /** Whether the caller's transaction is the one that may send, until it ends. */
  boolean mayBegin() {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('quarantine_replay'))")
        .query(Boolean.class)
        .single();
  }

  /**
   * The same in the transaction of a caller who may send, who has seen that they may be shown, and
   * who has put it on record. What Kafka has taken is noted also if it has not taken others.
   */
  Outcome sendLocked(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> records,
      Instant now,
      String by) {
    if (records.isEmpty()) {
      return new Outcome(Set.of(), Map.of(), null);
    }
    var before = of(topicId, records.stream().map(ConsumerRecord::offset).toList());
    var due = records.stream().filter(r -> !before.containsKey(r.offset())).toList();
    var answer = sender.send(due.stream().map(this::asItCame).toList());
    var taken = new ArrayList<ConsumerRecord<byte[], byte @Nullable []>>();
    for (int place : answer.taken()) {
      taken.add(due.get(place));
    }
    note(topicId, taken, now, by);
    return new Outcome(
        taken.stream().map(ConsumerRecord::offset).collect(Collectors.toSet()),
        before,
        answer.failure());
  }

  private void waitForOthers() {
    try {
      jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('quarantine_replay'))").query(_ -> {});
    } catch (UncategorizedSQLException e) {
      // Spring has no exception for this state.
      var cause = e.getSQLException();
      throw cause != null && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())
          ? new CannotAcquireLockException("another replay is under way", e)
          : e;
    }
  }

  private void note(
      String topicId,
      List<ConsumerRecord<byte[], byte @Nullable []>> taken,
      Instant now,
      String by) {
    jdbc.sql(
            """
            INSERT INTO quarantine_replay (topic_id, id, replayed_at, replayed_by)
            SELECT :topic_id, id, :replayed_at, :replayed_by FROM unnest(:ids::bigint[]) AS id
            """)
        .param("topic_id", topicId)
        .param("ids", taken.stream().mapToLong(ConsumerRecord::offset).toArray())
        .param("replayed_at", Timestamp.from(now))
        .param("replayed_by", by)
        .update();
    for (var kafkaRecord : taken) {
      count(
          String.valueOf(QuarantineHeaders.text(kafkaRecord.headers(), QuarantineHeaders.REASON)),
          1);
    }
  }

  /** Committed before anything is sent: what Kafka took would stay if the rest were undone. */
  private void putOnRecord(List<ConsumerRecord<byte[], byte @Nullable []>> asked, String by) {
    var actor = AuditActor.of(by);
    jdbc.sql(
            """
            INSERT INTO audit_log (actor, actor_role, action, detail)
            VALUES (:user, 'admin', 'quarantine_replay', :detail)
            """)
        .param("user", actor.id(), Types.BIGINT)
        .param(
            "detail",
            actor.detail(
                asked.stream()
                    .map(kafkaRecord -> Long.toString(kafkaRecord.offset()))
                    .collect(Collectors.joining(", ", "asked to send record ", " again"))))
        .update();
  }

  private void count(String reason, int records) {
    meters.counter("smile.quarantine.replayed", "reason", reason).increment(records);
  }

  private ProducerRecord<byte[], byte[]> asItCame(
      ConsumerRecord<byte[], byte @Nullable []> kafkaRecord) {
    return new ProducerRecord<>(
        topic,
        null,
        QuarantinedRecord.originalKey(kafkaRecord),
        QuarantinedRecord.originalValue(kafkaRecord),
        QuarantineHeaders.withoutOurs(kafkaRecord.headers()));
  }
}
