package org.smileadventure.batch.audit;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the audit is sealed.
 *
 * @param sealEvery so often what is new is sealed; 0 for an instance that seals nothing
 * @param topic which is told the last seal
 */
@Validated
@ConfigurationProperties("smile.audit")
record AuditProperties(
    @DefaultValue("1m") Duration sealEvery,
    @DefaultValue(AuditProperties.TOPIC) @NotBlank String topic) {
  static final String TOPIC = "smile-audit-heads";

  boolean isOff() {
    return !sealEvery.isPositive();
  }
}
