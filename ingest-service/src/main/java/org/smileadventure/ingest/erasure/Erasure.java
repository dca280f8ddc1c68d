package org.smileadventure.ingest.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * What was asked to be erased, a child or an account.
 *
 * @param registeredAt of the child or account, as PostgreSQL writes it: another one may come to
 *     have the same number, in a database that was made anew; null: it is gone
 */
record Erasure(
    UUID id,
    @Nullable ChildId child,
    @Nullable Long account,
    Instant askedAt,
    @Nullable String registeredAt) {}
