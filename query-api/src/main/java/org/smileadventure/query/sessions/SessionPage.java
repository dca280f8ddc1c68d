package org.smileadventure.query.sessions;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a child's sessions, newest first.
 *
 * @param nextCursor for the page after; null on the last one
 */
record SessionPage(
    List<Session> sessions, @Nullable String nextCursor, int limit, Instant computedAt) {

  /** A session; what depends on its end is null while it is in progress. */
  record Session(
      UUID id,
      String sessionType,
      @Nullable String scenarioId,
      String scenarioName,
      @Nullable String scenarioVersion,
      Instant startedAt,
      @Nullable Instant endedAt,
      String completionStatus,
      @Nullable String exitReason,
      @Nullable Integer durationSeconds,
      int pauseCount,
      int totalPauseDuration,
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
      @Nullable String initialEmotion,
      @Nullable String finalEmotion,
      @Nullable Integer parentRating,
      @Nullable String deviceType,
      @Nullable String environmentType,
      boolean supportPersonPresent,
      String sessionDataQuality,
      int lostEvents,
      List<String> achievementsUnlocked,
      List<String> progressMarkersHit) {}
}
