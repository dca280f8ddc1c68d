package org.smileadventure.common.fold;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;

/**
 * What summaries need to know of a session. What the words mean: docs/metrics.md.
 *
 * @param startedAt of the first event that is there, if the start is missing
 * @param day on which the session started where the child lives
 * @param hour of that day, from 0 to 23
 * @param type null, as are scenario and supported, if the start is missing
 * @param scenario its id, or else its name
 * @param overwhelmedExit whether it was ended because the child was overwhelmed
 * @param supported whether a support person was there
 * @param achievements how many different ones
 * @param statesTold how many of the initial and the final emotion are told
 * @param engagement in hundredths
 * @param success share of correct responses, in hundredths of a percent
 * @param recoveryMillis mean time from entering distress to the next good state
 * @param rating the parent's, from 1 to 5
 * @param course null until the session has ended
 */
public record SessionFigures(
    SessionId id,
    ChildId child,
    Instant startedAt,
    LocalDate day,
    int hour,
    @Nullable String type,
    @Nullable String scenario,
    Status status,
    boolean overwhelmedExit,
    @Nullable Boolean supported,
    int interactions,
    int levels,
    int achievements,
    int statesTold,
    @Nullable Integer score,
    @Nullable Integer engagement,
    @Nullable Integer success,
    @Nullable Integer durationSeconds,
    @Nullable Integer activeSeconds,
    @Nullable Integer distressSeconds,
    @Nullable Long recoveryMillis,
    @Nullable Integer rating,
    @Nullable Course course) {}
