package org.smileadventure.common.cache;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the cache is and how it is used.
 *
 * @param url {@code redis://} or {@code rediss://}, with credentials if there are any
 * @param timeout for connecting and for each answer of Redis: past it, the cache counts as away
 * @param jitter the share by which a time to live is made shorter or longer at random, so that what
 *     was stored together does not expire together
 */
@Validated
@ConfigurationProperties("smile.cache")
public record CacheProperties(
    @NotNull URI url,
    @DefaultValue("500ms") Duration timeout,
    @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("0.5") double jitter) {}
