package org.smileadventure.common.dependency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Asks Kafka by a client of its own: a consumer that is stuck would have nothing to tell. */
public final class KafkaProbe implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 3_000;

  private final Admin admin;

  /**
   * Connects later.
   *
   * @param settings of an admin client
   */
  public KafkaProbe(Map<String, Object> settings) {
    admin = Admin.create(settings);
  }

  /** Whether a broker answers, within a few seconds. */
  public boolean answers() {
    try {
      return !admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
          .nodes()
          .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
