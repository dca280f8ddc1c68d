package org.smileadventure.ingest.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * How large a record may be that the event topic takes: Kafka measures it when it is compressed.
 */
@Component
class RecordLimit {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaAdmin kafkaAdmin;
  private final ConfigResource topic;
  private final Compression compression;

  RecordLimit(
      KafkaAdmin kafkaAdmin,
      IngestProperties properties,
      @Value("${spring.kafka.producer.compression-type}") String compression) {
    this.kafkaAdmin = kafkaAdmin;
    this.topic = new ConfigResource(ConfigResource.Type.TOPIC, properties.topic());
    this.compression = Compression.of(CompressionType.forName(compression)).build();
  }

  /** In bytes. */
  int get() {
    try (var admin = Admin.create(kafkaAdmin.getConfigurationProperties())) {
      var settings =
          admin
              .describeConfigs(List.of(topic))
              .all()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .get(topic);
      return Integer.parseInt(
          Objects.requireNonNull(settings).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Kafka does not tell how large a record may be", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** How many bytes Kafka would count, alone in a batch as large records are. */
  int size(byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
    return MemoryRecords.withRecords(compression, new SimpleRecord(0, key, value, headers))
        .sizeInBytes();
  }
}
