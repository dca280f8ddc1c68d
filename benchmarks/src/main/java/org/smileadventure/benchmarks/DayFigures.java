package org.smileadventure.benchmarks;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code v_child_daily} says of a child's day, computed in the application. */
final class DayFigures {
  private static final BigDecimal HIGH_ATTENTION = BigDecimal.valueOf(1200);
  private static final BigDecimal MODERATE_ATTENTION = BigDecimal.valueOf(600);

  private final Moments score = new Moments();
  private final Moments engagement = new Moments();
  private final Moments success = new Moments();
  private final Moments duration = new Moments();
  private final Moments recovery = new Moments();
  private final Moments active = new Moments();
  private final Moments distress = new Moments();
  private final Moments rating = new Moments();
  private final Moments supportedEngagement = new Moments();
  private final Moments supportedSuccess = new Moments();
  private final Moments unaidedRecovery = new Moments();
  private long completed;
  private long abandoned;
  private long interrupted;
  private long inProgress;
  private long overwhelmed;
  private long interactions;
  private long levels;
  private long achievements;
  private long highAttention;
  private long moderateAttention;
  private long statesTold;
  private long observations;
  private long intoDistress;

  private DayFigures() {}

  /** The row of {@code child_daily_summary}, by its columns, of the sessions of one day. */
  static Map<String, @Nullable Object> of(List<PlayedSession> sessions) {
    var figures = new DayFigures();
    sessions.forEach(figures::add);
    return figures.row(sessions.getFirst(), sessions.size());
  }

  private void add(PlayedSession session) {
    overwhelmed += session.overwhelmed() ? 1 : 0;
    switch (session.status()) {
      case "completed" -> addCompleted(session);
      case "abandoned" -> abandoned++;
      case "interrupted" -> interrupted++;
      default -> inProgress++;
    }
  }

  private void addCompleted(PlayedSession session) {
    completed++;
    interactions += session.interactions();
    levels += session.levels();
    achievements += session.achievements();
    score.add(session.score());
    engagement.add(session.engagement());
    success.add(session.success());
    duration.add(session.duration());
    recovery.add(session.recovery());
    active.add(session.active());
    distress.add(session.distress());
    rating.add(session.rating());
    statesTold += session.statesTold();
    observations += session.observations();
    intoDistress += session.intoDistress();
    if (session.supported()) {
      supportedEngagement.add(session.engagement());
      supportedSuccess.add(session.success());
    }
    if (session.unaided()) {
      unaidedRecovery.add(session.recovery());
    }
    var attention = session.active();
    if (attention != null && attention.compareTo(HIGH_ATTENTION) >= 0) {
      highAttention++;
    } else if (attention != null && attention.compareTo(MODERATE_ATTENTION) >= 0) {
      moderateAttention++;
    }
  }

  private Map<String, @Nullable Object> row(PlayedSession any, int sessions) {
    var row = new HashMap<String, @Nullable Object>(128);
    row.put("child_id", any.child());
    row.put("day", any.day());
    row.put("sessions", sessions);
    row.put("completed", completed);
    row.put("abandoned", abandoned);
    row.put("interrupted", interrupted);
    row.put("in_progress", inProgress);
    row.put("overwhelmed_exits", overwhelmed);
    row.put("interactions", interactions);
    row.put("levels", levels);
    row.put("achievements", achievements);
    score.putAll("score", row);
    engagement.putAll("engagement", row);
    success.putAll("success", row);
    duration.putAll("duration", row);
    recovery.putAll("recovery", row);
    active.putSums("active", row);
    distress.putSums("distress", row);
    rating.putSums("rating", row);
    row.put("attention_high", highAttention);
    row.put("attention_moderate", moderateAttention);
    row.put("states_told", statesTold);
    row.put("observations", observations);
    row.put("into_distress", intoDistress);
    supportedEngagement.putSums("supported_engagement", row);
    supportedSuccess.putSums("supported_success", row);
    unaidedRecovery.putSum("unaided_recovery", row);
    return row;
  }
}
