package org.smileadventure.query.family;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure came to.
 *
 * @param erased rows of each table
 * @param remains what is still somewhere, until when at the latest (null: as {@code why} says) and
 *     why
 */
record Certificate(
    UUID erasure,
    @Nullable Long childId,
    @Nullable Long accountId,
    String askedAs,
    Instant askedAt,
    @Nullable Instant announcedAt,
    @Nullable Instant erasedAt,
    @Nullable Instant clearedAt,
    Instant sweptAt,
    SortedMap<String, Long> erased,
    List<Remainder> remains) {

  record Remainder(String place, String name, @Nullable Instant until, String why) {}
}
