package org.smileadventure.batch.audit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;

/**
 * Seals what is new in the audit, and tells Kafka the last seal. A head that Kafka could not be
 * told need not be told later: the next one is over it.
 */
@Component
public class AuditSealing {
  private static final Logger log = LoggerFactory.getLogger(AuditSealing.class);
  static final String TASK = "seal-audit";

  private final JdbcClient jdbc;
  private final AuditProperties properties;
  private final AuditHeads heads;
  private final KafkaOperations<byte[], byte[]> kafka;
  private final KafkaAdmin admin;
  private final boolean hasKafka;
  private boolean hasTopic;
  private long lastTold;

  AuditSealing(
      JdbcClient jdbc,
      AuditProperties properties,
      KafkaOperations<byte[], byte[]> kafka,
      KafkaAdmin admin,
      @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.heads = new AuditHeads(properties.topic());
    this.kafka = kafka;
    this.admin = admin;
    this.hasKafka = !bootstrapServers.isBlank();
  }

  /** As a task of the schedule; empty if this instance seals nothing. */
  public Optional<RecurringTask<Void>> task() {
    return properties.isOff()
        ? Optional.empty()
        : Optional.of(
            Tasks.recurring(TASK, FixedDelay.of(properties.sealEvery())).execute((_, _) -> seal()));
  }

  private record Sealed(@Nullable Head last, boolean isNew) {}

  synchronized void seal() {
    var sealed = sealSome();
    while (sealed.isNew()) {
      sealed = sealSome();
    }
    var last = sealed.last();
    if (hasKafka && last != null && last.seal() > lastTold) {
      tell(last);
    }
  }

  private Sealed sealSome() {
    return jdbc.sql("SELECT id, hash, rows, sealed_at, is_new FROM seal_audit()")
        .query(
            (row, _) ->
                new Sealed(
                    row.getBytes("hash") == null
                        ? null
                        : Head.of(
                            row.getLong("id"),
                            row.getBytes("hash"),
                            row.getLong("rows"),
                            row.getObject("sealed_at", OffsetDateTime.class).toInstant()),
                    row.getBoolean("is_new")))
        .single();
  }

  private void tell(Head head) {
    try {
      if (!hasTopic) {
        heads.ensureTopic(admin);
        hasTopic = true;
      }
      heads.tell(kafka, head);
      lastTold = head.seal();
    } catch (KafkaException | org.apache.kafka.common.KafkaException | IllegalStateException e) {
      log.warn("Kafka is not told of seal {} of the audit: {}", head.seal(), e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
