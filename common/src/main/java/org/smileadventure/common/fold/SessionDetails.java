package org.smileadventure.common.fold;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's row says beside the figures. Until the session has ended, it says only what its
 * start tells. What only the start tells is null if the start is missing.
 *
 * @param pausedSeconds null where the times contradict each other
 * @param closedBySilence whether it was given up because nothing was heard of it any more
 * @param helpRate requests for help per interaction
 * @param hintRate share of the interactions with a hint
 * @param volatility changes of emotion per active minute
 * @param achievements each once, in the order of code points, as are the markers
 * @param lostEvents how many sequences are missing before the last one
 */
public record SessionDetails(
    @Nullable String scenarioName,
    @Nullable String scenarioId,
    @Nullable String scenarioVersion,
    @Nullable String deviceType,
    @Nullable String deviceModel,
    @Nullable String appVersion,
    @Nullable String environmentType,
    @Nullable String initialEmotion,
    @Nullable String finalEmotion,
    @Nullable Instant endedAt,
    @Nullable String exitReason,
    boolean closedBySilence,
    int pauses,
    @Nullable Integer pausedSeconds,
    int maxLevel,
    int correct,
    int incorrect,
    int helps,
    int hints,
    @Nullable BigDecimal helpRate,
    @Nullable BigDecimal hintRate,
    @Nullable BigDecimal volatility,
    @Nullable Integer medianResponseMillis,
    @Nullable Integer slowResponseMillis,
    List<String> achievements,
    List<String> markers,
    @Nullable String parentNotes,
    @Nullable Map<String, Object> observedBehavior,
    Quality quality,
    int lostEvents,
    List<QualityNote> qualityNotes) {}
