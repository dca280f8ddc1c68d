package org.smileadventure.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

class TrainingTest {

  /** As where its image is built. */
  @Test
  void startsWithoutAnyServer() {
    try (var service =
        SpringApplication.run(
            IngestService.class,
            "--spring.profiles.active=training",
            "--server.port=0",
            // Nothing is under way that would be worth waiting for.
            "--spring.lifecycle.timeout-per-shutdown-phase=1s")) {
      assertThat(service.isRunning()).isTrue();
    }
  }
}
