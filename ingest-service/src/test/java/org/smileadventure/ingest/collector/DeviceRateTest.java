package org.smileadventure.ingest.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class DeviceRateTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DeviceRate rate =
      new DeviceRate(new CollectorProperties(64, 1_000, 1, Duration.ofSeconds(10)), meters);

  @Test
  void aHouseholdThatSendsMoreThanAnybodyPlaysIsToldWhenToComeBack() {
    rate.require("7", 900);
    rate.require("7", 100);
    assertThatThrownBy(() -> rate.require("7", 300))
        .isInstanceOfSatisfying(
            RefusedRequestException.class,
            refused -> {
              assertThat(refused.getStatusCode().value()).isEqualTo(429);
              assertThat(
                      Integer.parseInt(
                          String.valueOf(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))))
                  .isBetween(299, 300);
            });
    rate.require("8", 1_000);
    assertThat(meters.counter("smile.collector.throttled").count()).isOne();
  }

  @Test
  void aRequestWithoutAnEventCountsToo() {
    for (int i = 0; i < 1_000; i++) {
      rate.require("7", 0);
    }
    assertThatThrownBy(() -> rate.require("7", 0)).isInstanceOf(RefusedRequestException.class);
  }
}
