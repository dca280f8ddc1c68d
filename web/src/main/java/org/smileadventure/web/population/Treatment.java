package org.smileadventure.web.population;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By how much more a week the score of children rose after a therapy's start than before.
 *
 * @param therapyType null: several, that are told together only
 * @param effectLow of the mean's 95 % interval, as effectHigh
 */
public record Treatment(
    @Nullable String therapyType,
    long children,
    @Nullable Double effectMean,
    @Nullable Double effectLow,
    @Nullable Double effectHigh,
    Instant publishedAt) {}
