package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

class TrainingTest {

  /** As where its image is built. */
  @Test
  void startsWithoutAnyServer() {
    try (var service =
        SpringApplication.run(
            QueryApi.class, "--spring.profiles.active=training", "--server.port=0")) {
      assertThat(service.isRunning()).isTrue();
    }
  }
}
