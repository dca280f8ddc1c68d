package org.smileadventure.batch.remote;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How partitions get to other machines.
 *
 * @param topic of the requests
 * @param pollEvery so often a manager looks whether partitions have ended
 * @param retryAfter so long a worker waits before it takes up again what it could not bring to an
 *     end, as when PostgreSQL was away
 */
@Validated
@ConfigurationProperties("smile.batch.remote")
record RemoteProperties(
    @DefaultValue(RemoteProperties.TOPIC) @NotBlank String topic,
    @DefaultValue("1s") @DurationMin(millis = 1) Duration pollEvery,
    @DefaultValue("5s") @DurationMin(millis = 1) Duration retryAfter) {
  static final String TOPIC = "batch-partitions";
}
