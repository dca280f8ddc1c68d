package org.smileadventure.query.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.store.DayRange;

/** A child that the viewer may see. */
record SeenChild(
    ChildId id,
    String name,
    int age,
    int points,
    int level,
    @Nullable Integer supportLevel,
    ZoneId zone,
    @Nullable LocalDate lastSessionDay) {
  static final int WEEK = 7;
  private static final int MONTH = 30;

  /** Where the child lives. */
  LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  DayRange week(Instant now) {
    return last(WEEK, now);
  }

  DayRange month(Instant now) {
    return last(MONTH, now);
  }

  private DayRange last(int days, Instant now) {
    return new DayRange(id, today(now).minusDays(days - 1L), today(now));
  }
}
