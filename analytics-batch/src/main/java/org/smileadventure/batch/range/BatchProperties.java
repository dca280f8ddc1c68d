package org.smileadventure.batch.range;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the work of the jobs is cut.
 *
 * @param threads that work on partitions at the same time, each on a connection of its own
 * @param partitions at most that a step is cut into, if it is cut into ranges of children
 * @param children of whom something is done in one transaction
 * @param silentFor so long nothing has to be heard of a session for it to count as abandoned
 * @param packAfter so long after a session was over its events are packed
 */
@Validated
@ConfigurationProperties("smile.batch")
public record BatchProperties(
    @DefaultValue("2") @Min(1) int threads,
    @DefaultValue("8") @Min(1) int partitions,
    @DefaultValue("200") @Min(1) @Max(1_000) int children,
    @DefaultValue("6h") @DurationMin(minutes = 1) Duration silentFor,
    @DefaultValue("2d") @DurationMin Duration packAfter) {}
