package org.smileadventure.web.sessions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session. What is null is not known. */
public record Session(
    UUID id,
    long childId,
    @Nullable String sessionType,
    @Nullable String scenarioName,
    Instant startedAt,
    @Nullable Instant endedAt,
    String completionStatus,
    @Nullable String exitReason,
    @Nullable Integer durationSeconds,
    int levelsCompleted,
    @Nullable Integer score,
    int interactionsCount,
    int helpRequests,
    @Nullable Double successRate,
    @Nullable Double engagementScore,
    @Nullable String initialEmotion,
    @Nullable String finalEmotion,
    @Nullable Integer distressSeconds,
    @Nullable Double recoverySeconds,
    @Nullable Integer parentRating,
    @Nullable String parentNotes,
    @Nullable String environmentType,
    @Nullable Boolean supportPersonPresent,
    int lostEvents,
    List<Note> dataQualityNotes) {

  /** A rule between its fields that is broken. */
  public record Note(String rule) {}

  /** What kind it was; unknown while its start is missing. */
  public String type() {
    return sessionType == null ? "unknown" : sessionType;
  }

  public boolean hasEnded() {
    return !completionStatus.equals("in_progress");
  }
}
