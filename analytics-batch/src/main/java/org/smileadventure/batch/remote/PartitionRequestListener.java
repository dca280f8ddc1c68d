package org.smileadventure.batch.remote;

import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import tools.jackson.core.JacksonException;

/**
 * Takes requests from Kafka, and acknowledges each when its partition has ended: one that was begun
 * and not ended comes again, to another worker.
 *
 * <p>The partition runs in another thread, and the consumer goes on polling meanwhile, paused. A
 * consumer that did not would either be thrown out of its group after {@code max.poll.interval.ms},
 * and its partitions run twice; or, with that set to hours, keep the whole group for as long from
 * giving the partitions of a dead worker to a living one.
 */
final class PartitionRequestListener implements AcknowledgingMessageListener<byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(PartitionRequestListener.class);

  private final PartitionRunner runner;
  private final Executor threads;

  PartitionRequestListener(PartitionRunner runner, Executor threads) {
    this.runner = runner;
    this.threads = threads;
  }

  @Override
  public void onMessage(
      ConsumerRecord<byte[], byte[]> record, @Nullable Acknowledgment acknowledgment) {
    StepExecutionRequest request;
    try {
      request = PartitionRequests.decode(record.value());
    } catch (JacksonException | IllegalArgumentException e) {
      log.error("no request for a partition, and left alone: {}", e.getMessage());
      acknowledge(acknowledgment);
      return;
    }
    threads.execute(() -> run(request, acknowledgment));
  }

  private void run(StepExecutionRequest request, @Nullable Acknowledgment acknowledgment) {
    try {
      if (runner.run(request)) {
        acknowledge(acknowledgment);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void acknowledge(@Nullable Acknowledgment acknowledgment) {
    try {
      if (acknowledgment != null) {
        acknowledgment.acknowledge();
      }
    } catch (IllegalStateException e) {
      // The request has moved to another worker meanwhile, which will find its partition ended.
      log.debug("not acknowledged", e);
    }
  }
}
