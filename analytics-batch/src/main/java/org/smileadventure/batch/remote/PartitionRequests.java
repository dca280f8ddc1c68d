package org.smileadventure.batch.remote;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.kafka.core.KafkaOperations;
import tools.jackson.databind.json.JsonMapper;

/** The topic on which managers ask for partitions to be run, as JSON. */
final class PartitionRequests {
  /**
   * Of the topic. So many threads of workers, over all machines, can be busy at a time; what a
   * consumer group shares out is partitions of a topic.
   */
  static final int TOPIC_PARTITIONS = 32;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final KafkaOperations<byte[], byte[]> kafka;
  private final String topic;
  private final AtomicInteger next = new AtomicInteger();

  PartitionRequests(KafkaOperations<byte[], byte[]> kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /** Asks for these to be run by the step of this name; returns when Kafka has all requests. */
  void send(String step, Collection<StepExecution> partitions)
      throws ExecutionException, InterruptedException {
    var sent =
        partitions.stream()
            .map(partition -> encode(new StepExecutionRequest(step, partition.getId())))
            .map(request -> kafka.send(topic, nextTopicPartition(), null, request))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(sent).get();
  }

  // In turn: left to itself, Kafka's producer puts what is sent together into one of them.
  private int nextTopicPartition() {
    return Math.floorMod(next.getAndIncrement(), TOPIC_PARTITIONS);
  }

  static byte[] encode(StepExecutionRequest request) {
    return JSON.writeValueAsBytes(request);
  }

  /** Makes of a record a request and nothing else, whatever its headers name. */
  static StepExecutionRequest decode(byte[] record) {
    return JSON.readValue(record, StepExecutionRequest.class);
  }
}
