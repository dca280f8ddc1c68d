package org.smileadventure.query.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.common.metric.Trend;
import org.smileadventure.query.dashboard.DashboardReader.Seen;

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
  private static final int MOST_LATEST = 10;

  /** Of those of the children at whom there is a glance. */
  static Dashboard of(Seen seen, Map<ChildId, Glance> glances, Instant computedAt) {
    var each = new ArrayList<Glance>();
    var cards = new ArrayList<Card>();
    for (var child : seen.first()) {
      var glance = glances.get(child.id());
      if (glance != null) {
        each.add(glance);
        cards.add(Card.of(child, glance));
      }
    }
    var points = new TreeMap<LocalDate, Long>();
    each.forEach(glance -> glance.points().forEach((day, of) -> points.merge(day, of, Long::sum)));
    return new Dashboard(
        seen.total(),
        each.stream().map(Glance::week).reduce(Period.NOTHING, Period::plus),
        each.stream().map(Glance::month).reduce(Period.NOTHING, Period::plus),
        cards.stream().mapToLong(Card::points).sum(),
        cards,
        points,
        each.stream()
            .flatMap(glance -> glance.lastSessions().stream())
            .sorted(LastSession.LATEST_FIRST)
            .limit(MOST_LATEST)
            .toList(),
        each.stream()
            .flatMap(glance -> glance.lastActivities().stream())
            .sorted(LastActivity.LATEST_FIRST)
            .limit(MOST_LATEST)
            .toList(),
        computedAt);
  }

  record Period(long sessions, long completed, double minutes, long activities, long points) {
    static final Period NOTHING = new Period(0, 0, 0, 0, 0);

    Period plus(Period other) {
      return new Period(
          sessions + other.sessions,
          completed + other.completed,
          minutes + other.minutes,
          activities + other.activities,
          points + other.points);
    }
  }

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
      @Nullable LocalDate lastSessionDay) {

    static Card of(SeenChild child, Glance glance) {
      return new Card(
          child.id().value(),
          child.name(),
          child.age(),
          child.points(),
          child.level(),
          child.supportLevel(),
          glance.week(),
          glance.month(),
          glance.scoreMean(),
          glance.engagementMean(),
          glance.trends(),
          glance.risks(),
          child.lastSessionDay());
    }
  }

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
      @Nullable Integer score) {
    static final Comparator<LastSession> LATEST_FIRST =
        Comparator.comparing(LastSession::startedAt)
            .thenComparing(session -> session.id().toString())
            .reversed();
  }

  record LastActivity(
      long id,
      long childId,
      String activityType,
      String activityName,
      int pointsEarned,
      Instant completedAt,
      boolean verified) {
    static final Comparator<LastActivity> LATEST_FIRST =
        Comparator.comparing(LastActivity::completedAt)
            .thenComparingLong(LastActivity::id)
            .reversed();
  }
}
