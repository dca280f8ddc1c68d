package org.smileadventure.ingest.listener;

import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.ingest.IngestProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.TopicBuilder;
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
  NewTopic eventTopic(IngestProperties properties) {
    return TopicBuilder.name(properties.topic()).partitions(properties.partitions()).build();
  }

  @Bean
  NewTopic quarantineTopic(IngestProperties properties) {
    return TopicBuilder.name(properties.quarantineTopic())
        .partitions(1)
        .config(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(properties.quarantineMaxBytes()))
        // Until somebody has looked at it, whenever that is.
        .config(RETENTION_MS_CONFIG, "-1")
        .build();
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
