package org.smileadventure.benchmarks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the summary of a day needs to know of a session. */
record PlayedSession(
    long child,
    LocalDate day,
    String status,
    boolean overwhelmed,
    long interactions,
    long levels,
    long achievements,
    @Nullable BigDecimal score,
    @Nullable BigDecimal engagement,
    @Nullable BigDecimal success,
    @Nullable BigDecimal duration,
    @Nullable BigDecimal recovery,
    @Nullable BigDecimal active,
    @Nullable BigDecimal distress,
    @Nullable BigDecimal rating,
    boolean supported,
    long statesTold,
    long observations,
    long intoDistress,
    boolean unaided) {

  static PlayedSession in(ResultSet row) throws SQLException {
    return new PlayedSession(
        row.getLong("child_id"),
        row.getObject("day", LocalDate.class),
        row.getString("completion_status"),
        "overwhelmed".equals(row.getString("exit_reason")),
        row.getLong("interactions_count"),
        row.getLong("levels_completed"),
        row.getLong("achievements"),
        row.getBigDecimal("score"),
        row.getBigDecimal("engagement_score"),
        row.getBigDecimal("success_rate"),
        row.getBigDecimal("duration_seconds"),
        row.getBigDecimal("recovery_seconds"),
        row.getBigDecimal("active_seconds"),
        row.getBigDecimal("distress_seconds"),
        row.getBigDecimal("parent_rating"),
        row.getBoolean("support_person_present"),
        row.getLong("states_told"),
        row.getLong("observations"),
        row.getLong("into_distress"),
        row.getBoolean("unaided"));
  }

  boolean isOf(long otherChild, LocalDate otherDay) {
    return child == otherChild && day.equals(otherDay);
  }
}
