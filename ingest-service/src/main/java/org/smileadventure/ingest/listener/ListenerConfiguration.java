package org.smileadventure.ingest.listener;

import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.smileadventure.common.dependency.Dependency;
import org.smileadventure.common.dependency.KafkaProbe;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.ingest.IngestProperties;
import org.smileadventure.ingest.TopicProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.util.backoff.ExponentialBackOff;

@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

  @Bean
  EventCodec eventCodec(InstantSource clock) {
    return new EventCodec(clock);
  }

  @Bean
  KafkaProbe kafkaProbe(KafkaAdmin admin) {
    return new KafkaProbe(admin.getConfigurationProperties());
  }

  @Bean
  Dependency kafkaDependency(KafkaProbe kafka) {
    return new Dependency("kafka", kafka::answers);
  }

  @Bean
  NewTopic eventTopic(IngestProperties properties, TopicProperties topics) {
    return TopicBuilder.name(properties.topic())
        .partitions(properties.partitions())
        .config(RETENTION_MS_CONFIG, millis(topics.eventsKept()))
        .config(SEGMENT_MS_CONFIG, millis(TopicProperties.segment(topics.eventsKept())))
        .build();
  }

  @Bean
  NewTopic quarantineTopic(IngestProperties properties, TopicProperties topics) {
    return TopicBuilder.name(properties.quarantineTopic())
        .partitions(1)
        .config(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(properties.quarantineMaxBytes()))
        .config(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT + "," + CLEANUP_POLICY_DELETE)
        .config(RETENTION_MS_CONFIG, millis(topics.quarantineKept()))
        .config(MAX_COMPACTION_LAG_MS_CONFIG, millis(topics.compactedWithin()))
        .config(SEGMENT_MS_CONFIG, millis(TopicProperties.segment(topics.compactedWithin())))
        .build();
  }

  /** After what time the quarantine begins a new segment. */
  @Bean
  Duration quarantineSegment(TopicProperties topics) {
    return TopicProperties.segment(topics.compactedWithin());
  }

  /** Read from its beginning after a restore: what it has is never forgotten. */
  @Bean
  NewTopic erasuresTopic(TopicProperties topics) {
    return TopicBuilder.name(topics.erasures()).partitions(1).compact().build();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /**
   * An instance with a name keeps its partitions while it is started again. Kafka refuses an empty
   * name, and wants none for an instance that others take over from at once.
   */
  @Bean
  DefaultKafkaConsumerFactoryCustomizer instanceName(IngestProperties properties) {
    return consumers -> {
      if (!properties.instanceId().isBlank()) {
        consumers.updateConfigs(Map.of(GROUP_INSTANCE_ID_CONFIG, properties.instanceId()));
      }
    };
  }

  /**
   * Tries a batch again until it goes through, whatever is in its way: what is wrong with an event
   * is sorted out by the store, so the fault lies with a server, and to skip would be to lose.
   */
  @Bean
  DefaultErrorHandler tryAgain() {
    var backOff = new ExponentialBackOff(200, 2);
    backOff.setMaxInterval(5_000);
    var handler = new DefaultErrorHandler(backOff);
    handler.setClassifications(Map.of(), true);
    return handler;
  }

  /** The end of a transaction is a record that no listener gets: else it would be lag for ever. */
  @Bean
  ContainerCustomizer<byte[], byte[], ConcurrentMessageListenerContainer<byte[], byte[]>>
      endsOfTransactions() {
    return container -> container.getContainerProperties().setFixTxOffsets(true);
  }

  /** Says nothing: the default one logs what a record holds when it cannot be sent. */
  @Bean
  ProducerListener<Object, Object> discreet() {
    return new ProducerListener<>() {};
  }
}
