package org.smileadventure.batch.remote;

import javax.sql.DataSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.integration.partition.StepExecutionRequestHandler;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Where partitions run, by {@code smile.batch.role}. */
@Configuration(proxyBeanMethods = false)
class RemoteConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "smile.batch.role", havingValue = "local")
  static class Local {

    @Bean
    PartitionHandlers partitionHandlers(
        @Qualifier("partitionThreads") ThreadPoolTaskExecutor threads) {
      return (partition, most) -> {
        var handler = new TaskExecutorPartitionHandler();
        handler.setTaskExecutor(threads);
        handler.setStep(partition);
        handler.setGridSize(most);
        return handler;
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "smile.batch.role", havingValue = "manager")
  static class Manager {

    @Bean
    NewTopic requestTopic(
        RemoteProperties properties,
        @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
      return topic(properties, bootstrapServers);
    }

    @Bean
    PartitionHandlers partitionHandlers(
        KafkaOperations<byte[], byte[]> kafka,
        JobRepository repository,
        JdbcClient jdbc,
        RemoteProperties properties) {
      var requests = new PartitionRequests(kafka, properties.topic());
      var states = new PartitionStates(repository, jdbc);
      return (partition, most) -> {
        var handler =
            new RemotePartitionHandler(
                partition.getName(), requests, states, properties.pollEvery());
        handler.setGridSize(most);
        return handler;
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "smile.batch.role", havingValue = "worker")
  static class Worker {

    @Bean
    NewTopic requestTopic(
        RemoteProperties properties,
        @Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
      return topic(properties, bootstrapServers);
    }

    @Bean
    WorkerSteps partitionHandlers() {
      return new WorkerSteps();
    }

    @Bean
    PartitionRunner partitionRunner(
        DataSource dataSource,
        JobRepository repository,
        JdbcClient jdbc,
        WorkerSteps steps,
        RemoteProperties properties) {
      var handler = new StepExecutionRequestHandler();
      handler.setJobRepository(repository);
      handler.setStepLocator(steps);
      return new PartitionRunner(
          dataSource,
          new PartitionStates(repository, jdbc),
          steps,
          handler,
          properties.retryAfter());
    }

    /** One consumer for each thread, with one request in hand at a time. */
    @Bean
    ConcurrentMessageListenerContainer<byte[], byte[]> requestListener(
        ConsumerFactory<byte[], byte[]> consumers,
        PartitionRunner runner,
        @Qualifier("partitionThreads") ThreadPoolTaskExecutor threads,
        RemoteProperties properties) {
      var settings = new ContainerProperties(properties.topic());
      settings.setMessageListener(new PartitionRequestListener(runner, threads));
      settings.setAckMode(AckMode.MANUAL);
      settings.setAsyncAcks(true); // pauses the consumer until the request in hand is acknowledged
      var container = new ConcurrentMessageListenerContainer<>(consumers, settings);
      container.setConcurrency(threads.getCorePoolSize());
      return container;
    }
  }

  private static NewTopic topic(RemoteProperties properties, String bootstrapServers) {
    if (bootstrapServers.isBlank()) {
      throw new IllegalStateException(
          "SMILE_KAFKA_BOOTSTRAP_SERVERS is not set; managers and workers meet there");
    }
    return TopicBuilder.name(properties.topic())
        .partitions(PartitionRequests.TOPIC_PARTITIONS)
        .build();
  }
}
