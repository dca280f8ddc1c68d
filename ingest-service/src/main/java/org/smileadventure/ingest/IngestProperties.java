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
 */
@Validated
@ConfigurationProperties("smile.ingest")
public record IngestProperties(
    @DefaultValue("game-session-events") @NotBlank String topic,
    @DefaultValue("12") @Min(1) int partitions) {

  /** Where events go that cannot be stored. */
  public String quarantineTopic() {
    return topic + "-quarantine";
  }
}
