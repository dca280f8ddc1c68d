package org.smileadventure.ingest.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.smileadventure.ingest.LoneConsumers;
import org.smileadventure.ingest.TopicProperties;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where erasures are announced, outside the database: so that they are known to one that is
 * restored from a copy of an earlier state.
 */
@Component
class ErasureTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final LoneConsumers consumers;
  private final JsonMapper json;
  private final String topic;

  ErasureTopic(
      KafkaTemplate<byte[], byte[]> kafka,
      LoneConsumers consumers,
      JsonMapper json,
      TopicProperties topics) {
    this.kafka = kafka;
    this.consumers = consumers;
    this.json = json;
    this.topic = topics.erasures();
  }

  /** Returns when Kafka has acknowledged it. */
  void announce(Erasure erasure) {
    var subject =
        erasure.child() == null ? "account:" + erasure.account() : "child:" + erasure.child();
    kafka
        .send(new ProducerRecord<>(topic, subject.getBytes(UTF_8), json.writeValueAsBytes(erasure)))
        .join();
  }

  /** All that were ever announced. */
  List<Erasure> announced() {
    try (var consumer = consumers.open(Map.of())) {
      var partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions, PATIENCE);
      var announced = new ArrayList<Erasure>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
        for (var kafkaRecord : consumer.poll(Duration.ofMillis(500))) {
          if (kafkaRecord.value() != null) {
            announced.add(json.readValue(kafkaRecord.value(), Erasure.class));
          }
        }
      }
      return announced;
    }
  }
}
