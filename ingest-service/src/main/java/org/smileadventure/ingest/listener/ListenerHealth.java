package org.smileadventure.ingest.listener;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Whether the listener still listens. It stands everything but an error of the JVM, or another
 * instance that has taken its name in the group: then only a new start helps.
 */
@Component("listener")
class ListenerHealth implements HealthIndicator {
  private final KafkaListenerEndpointRegistry listeners;

  ListenerHealth(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  @Override
  public Health health() {
    var listening =
        listeners.getListenerContainers().stream()
            .allMatch(MessageListenerContainer::isChildRunning);
    return listening ? Health.up().build() : Health.down().build();
  }
}
