package org.smileadventure.web.operations.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process of a service that was seen in the last minutes.
 *
 * @param version of its build; null: it does not know
 */
public record Instance(
    String service,
    String instance,
    @Nullable String version,
    Instant startedAt,
    Instant seenAt,
    @Nullable String host) {}
