package org.smileadventure.localstack;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Creates topics in one Kafka server. */
final class Topics implements AutoCloseable {
  private final Supplier<String> bootstrapServers;
  private @Nullable Admin admin;

  Topics(Supplier<String> bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  String create(String prefix, int partitions) {
    return create(prefix, partitions, (short) 1);
  }

  String create(String prefix, int partitions, short copies) {
    var topic = prefix + "-" + UUID.randomUUID();
    try {
      admin().createTopics(List.of(new NewTopic(topic, partitions, copies))).all().get();
      return topic;
    } catch (ExecutionException e) {
      throw new StackException("cannot create topic %s: %s".formatted(topic, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while creating topic " + topic, e);
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers.get()));
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close();
      admin = null;
    }
  }
}
