package org.smileadventure.batch.daily;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the work of the job is cut.
 *
 * @param threads that materialise at the same time, each on a connection of its own
 * @param partitions at most, of about equally many dirty days each
 * @param silentFor so long nothing has to be heard of a session for it to count as abandoned
 * @param chunk child-days materialised in one transaction; also the most locks one of them takes
 */
@Validated
@ConfigurationProperties("smile.batch.daily")
record DailySummaryProperties(
    @DefaultValue("2") @Min(1) int threads,
    @DefaultValue("8") @Min(1) int partitions,
    @DefaultValue("6h") @DurationMin(minutes = 1) Duration silentFor,
    @DefaultValue("1000") @Min(1) @Max(10_000) int chunk) {}
