package org.smileadventure.query.sessions;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session; what depends on its end is null while it is in progress, and what only its start tells
 * while that is missing.
 *
 * @param startedAt the time of its first event that is there, if the start is missing
 * @param day where the child lives
 */
record Session(
    UUID id,
    long childId,
    @Nullable String sessionType,
    @Nullable String scenarioId,
    @Nullable String scenarioName,
    @Nullable String scenarioVersion,
    Instant startedAt,
    @Nullable Instant endedAt,
    LocalDate day,
    String completionStatus,
    @Nullable String exitReason,
    @Nullable Integer durationSeconds,
    int pauseCount,
    @Nullable Integer totalPauseDuration,
    @Nullable Integer activeSeconds,
    int levelsCompleted,
    int maxLevelReached,
    @Nullable Integer score,
    int interactionsCount,
    int correctResponses,
    int incorrectResponses,
    int helpRequests,
    int hintUsageCount,
    @Nullable BigDecimal successRate,
    @Nullable BigDecimal engagementScore,
    @Nullable BigDecimal helpRate,
    @Nullable BigDecimal hintRate,
    @Nullable Integer responseTimeP50Ms,
    @Nullable Integer responseTimeP90Ms,
    @Nullable String initialEmotion,
    @Nullable String finalEmotion,
    @Nullable Integer distressSeconds,
    @Nullable BigDecimal recoverySeconds,
    @Nullable BigDecimal emotionalVolatility,
    @Nullable String nextSessionReadiness,
    @Nullable Integer parentRating,
    @Nullable String parentNotes,
    @Nullable String deviceType,
    @Nullable String environmentType,
    @Nullable Boolean supportPersonPresent,
    String sessionDataQuality,
    int lostEvents,
    List<Note> dataQualityNotes,
    List<String> achievementsUnlocked,
    List<String> progressMarkersHit) {

  /**
   * A rule between fields that is broken.
   *
   * @param severity {@code error}: fields contradict each other, and the figures that rest on them
   *     are null; or {@code warning}
   */
  record Note(String rule, String severity) {}
}
