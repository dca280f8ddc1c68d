package org.smileadventure.ingest.collector;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are collected over HTTP.
 *
 * @param maxRequestsInFlight how many requests may wait for Kafka at a time; further ones are told
 *     to come back
 * @param maxEventsAtOnce how many events the devices of a household may send at once; at least what
 *     one request can hold
 * @param maxEventsPerSecond how many more they may send each second
 * @param deliveryTimeout how long Kafka may take to acknowledge an event
 */
@Validated
@ConfigurationProperties("smile.collector")
record CollectorProperties(
    @DefaultValue("64") @Min(1) int maxRequestsInFlight,
    @DefaultValue("100000") @Min(1_000) long maxEventsAtOnce,
    @DefaultValue("100") @Min(1) long maxEventsPerSecond,
    @DefaultValue("10s") @DurationMin(seconds = 1) Duration deliveryTimeout) {}
