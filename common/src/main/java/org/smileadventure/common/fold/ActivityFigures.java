package org.smileadventure.common.fold;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * What summaries need to know of an activity.
 *
 * @param day on which it was completed where the child lives
 * @param verified by a parent or a professional
 */
public record ActivityFigures(
    ChildId child,
    LocalDate day,
    String type,
    int points,
    boolean verified,
    @Nullable String stateBefore,
    @Nullable String stateAfter,
    @Nullable Integer anxietyBefore,
    @Nullable Integer anxietyAfter) {}
