package org.smileadventure.query.activities;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a child did in daily life, newest first.
 *
 * @param nextCursor for the page after; null on the last one
 */
record ActivityPage(
    List<Activity> activities, @Nullable String nextCursor, int limit, Instant computedAt) {

  /**
   * A task of daily life.
   *
   * @param sessionId under which it was told
   * @param day where the child lives
   * @param anxietyLevelBefore from 1 to 10, as the one after
   */
  record Activity(
      long id,
      long childId,
      UUID sessionId,
      String activityType,
      String activityName,
      @Nullable String description,
      @Nullable String category,
      int pointsEarned,
      @Nullable Integer difficultyLevel,
      @Nullable Instant startedAt,
      Instant completedAt,
      LocalDate day,
      @Nullable BigDecimal durationMinutes,
      @Nullable String emotionalStateBefore,
      @Nullable String emotionalStateAfter,
      @Nullable Integer anxietyLevelBefore,
      @Nullable Integer anxietyLevelAfter,
      @Nullable String supportLevelNeeded,
      @Nullable String supportProvidedBy,
      @Nullable String environmentType,
      String completionStatus,
      @Nullable Integer successRating,
      List<String> challengesEncountered,
      List<String> strategiesUsed,
      @Nullable String notes,
      boolean verifiedByParent,
      boolean verifiedByProfessional,
      String dataSource,
      Instant createdAt) {}
}
