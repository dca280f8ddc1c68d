package org.smileadventure.batch;

import org.smileadventure.common.dependency.Dependency;
import org.smileadventure.common.dependency.KafkaProbe;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Kafka is measured where this service is told of one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${spring.kafka.bootstrap-servers}'.isBlank()")
class MeasuredKafka {

  @Bean
  KafkaProbe kafkaProbe(KafkaAdmin admin) {
    return new KafkaProbe(admin.getConfigurationProperties());
  }

  @Bean
  Dependency kafkaDependency(KafkaProbe kafka) {
    return new Dependency("kafka", kafka::answers);
  }
}
