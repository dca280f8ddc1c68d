package org.smileadventure.ingest;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The topics that are read and written.
 *
 * @param partitions of the event topic, where this service is the one that makes it
 * @param quarantineMaxBytes the largest record that is set aside whole; of a larger one the value
 *     is left behind, so this is well above what the event topic takes
 * @param instanceId the name of this instance in the consumer group, which no other has; empty: it
 *     joins without a name
 * @param maxOpenEvents how many events of open sessions are held in memory, about 200 bytes each;
 *     those of other sessions are read again when they end
 * @param maxSessionsPerDay of a child: how many may begin to arrive in a day; more than one plays,
 *     and enough for months on a device without a network
 */
@Validated
@ConfigurationProperties("smile.ingest")
public record IngestProperties(
    @DefaultValue("game-session-events") @NotBlank String topic,
    @DefaultValue("12") @Min(1) int partitions,
    @Min(1_048_576) int quarantineMaxBytes,
    @DefaultValue("") String instanceId,
    @DefaultValue("500000") @Min(0) long maxOpenEvents,
    @DefaultValue("2000") @Min(1) int maxSessionsPerDay) {

  /** Where events go that cannot be stored. */
  public String quarantineTopic() {
    return topic + "-quarantine";
  }
}
