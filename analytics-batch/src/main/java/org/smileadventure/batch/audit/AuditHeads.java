package org.smileadventure.batch.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;

/**
 * The topic of the audit's last seals. Who rewrites the audit and all its seals in the database
 * does not rewrite what was told here.
 */
final class AuditHeads {
  private static final Duration KEPT = Duration.ofDays(3_653);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String topic;

  AuditHeads(String topic) {
    this.topic = topic;
  }

  /** Makes the topic, unless it is there. */
  void ensureTopic(KafkaAdmin admin) {
    admin.createOrModifyTopics(
        TopicBuilder.name(topic)
            .partitions(1)
            .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
            .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(KEPT.toMillis()))
            .build());
  }

  /** Returns when Kafka has it. */
  void tell(KafkaOperations<byte[], byte[]> kafka, Head head) throws InterruptedException {
    try {
      kafka.send(topic, head.key(), head.json()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the topic " + topic + " cannot be told", e);
    }
  }

  /** All that was told, in the order in which it was; none if there is no such topic. */
  List<Head> told(ConsumerFactory<byte[], byte[]> consumers) {
    var settings = new Properties();
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    try (var consumer = consumers.createConsumer("smile-audit-verify", "", "", settings)) {
      var partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions, PATIENCE);
      var heads = new ArrayList<Head>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
        consumer.poll(PATIENCE).forEach(told -> heads.add(Head.parse(told.value())));
      }
      return heads;
    }
  }
}
