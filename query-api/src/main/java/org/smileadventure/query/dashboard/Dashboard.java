package org.smileadventure.query.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.common.metric.Trend;

/**
 * How it goes with the viewer's children. A week is the seven days, a month the thirty days that
 * end today, each child's where it lives.
 *
 * @param totalChildren also those beyond the cards
 * @param children a card each, by number; those of the cards are what the sums are over
 * @param points of activities, by day
 */
record Dashboard(
    long totalChildren,
    Period week,
    Period month,
    long totalPoints,
    List<Card> children,
    SortedMap<LocalDate, Long> points,
    List<LastSession> lastSessions,
    List<LastActivity> lastActivities,
    Instant computedAt) {

  record Period(long sessions, long completed, double minutes, long activities, long points) {}

  /**
   * A child at a glance.
   *
   * @param trends over the month; null where it takes more sessions to tell
   * @param lastSessionDay null: it never played
   */
  record Card(
      long childId,
      String name,
      int age,
      int points,
      int level,
      @Nullable Integer supportLevel,
      Period week,
      Period month,
      @Nullable Double scoreMean,
      @Nullable Double engagementMean,
      Trends trends,
      List<Risk> risks,
      @Nullable LocalDate lastSessionDay) {}

  record Trends(
      Trend.@Nullable Direction score,
      Trend.@Nullable Direction engagement,
      Trend.@Nullable Direction success,
      Trend.@Nullable Direction duration,
      Trend.@Nullable Direction recovery) {}

  record LastSession(
      UUID id,
      long childId,
      @Nullable String scenarioName,
      @Nullable String sessionType,
      Instant startedAt,
      String completionStatus,
      @Nullable Integer score) {}

  record LastActivity(
      long id,
      long childId,
      String activityType,
      String activityName,
      int pointsEarned,
      Instant completedAt,
      boolean verified) {}
}
