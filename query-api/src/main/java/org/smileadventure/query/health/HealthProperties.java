package org.smileadventure.query.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When something counts as degraded.
 *
 * @param staleAfter how long a month may wait to be summarised; the nightly job comes once a day
 */
@ConfigurationProperties("smile.health")
record HealthProperties(@DefaultValue("36h") Duration staleAfter) {}
