package org.smileadventure.query.sessions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a child's sessions, newest first.
 *
 * @param nextCursor for the page after; null on the last one
 */
record SessionPage(
    List<Session> sessions, @Nullable String nextCursor, int limit, Instant computedAt) {}
