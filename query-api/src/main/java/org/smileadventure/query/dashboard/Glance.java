package org.smileadventure.query.dashboard;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Risk;
import org.smileadventure.query.dashboard.Dashboard.LastActivity;
import org.smileadventure.query.dashboard.Dashboard.LastSession;
import org.smileadventure.query.dashboard.Dashboard.Period;
import org.smileadventure.query.dashboard.Dashboard.Trends;

/**
 * What a child has played, at a glance: of the week and the month that end today where it lives.
 * Nothing in it changes before something is written that invalidates the child, or another day
 * begins.
 *
 * @param points of activities, of each day of the week
 * @param lastSessions the last ten, the latest first, as lastActivities
 */
record Glance(
    Period week,
    Period month,
    @Nullable Double scoreMean,
    @Nullable Double engagementMean,
    Trends trends,
    List<Risk> risks,
    SortedMap<LocalDate, Long> points,
    List<LastSession> lastSessions,
    List<LastActivity> lastActivities) {}
