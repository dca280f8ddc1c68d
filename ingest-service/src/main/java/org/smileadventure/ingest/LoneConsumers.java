package org.smileadventure.ingest;

import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Makes consumers that belong to no group: they read where they are told to, and move nothing. */
@Component
public final class LoneConsumers {
  private final Map<String, Object> settings;

  LoneConsumers(ConsumerFactory<?, ?> consumers) {
    settings = new HashMap<>(consumers.getConfigurationProperties());
    settings.remove(GROUP_ID_CONFIG);
    settings.remove(GROUP_INSTANCE_ID_CONFIG);
  }

  /** A new one, which the caller closes. */
  public Consumer<byte[], byte @Nullable []> open(Map<String, Object> more) {
    var all = new HashMap<>(settings);
    all.putAll(more);
    return new KafkaConsumer<byte[], byte @Nullable []>(
        all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
