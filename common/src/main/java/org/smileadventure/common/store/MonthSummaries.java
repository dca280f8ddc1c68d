package org.smileadventure.common.store;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The summaries of months: folded from sessions and activities, written where they differ, and held
 * against what is stored. Thread-safe.
 */
public final class MonthSummaries {
  private static final String STORE = SqlFile.read(MonthSummaries.class, "store-months.sql");
  private static final String DELETE = SqlFile.read(MonthSummaries.class, "delete-months.sql");
  private static final String DIFFERENCES =
      SqlFile.read(MonthSummaries.class, "month-differences.sql");

  private record Month(ChildMonth of, Moments moments) {}

  private static final ColumnArrays<Month> COLUMNS =
      new ColumnArrays<Month>()
          .numbers("month_children", month -> month.of().child().value())
          .column("months", month -> month.of().month().atDay(1))
          .numbers("sessions", of(Moments::sessions))
          .numbers("completed", of(moments -> moments.sessions(Status.COMPLETED)))
          .numbers("abandoned", of(moments -> moments.sessions(Status.ABANDONED)))
          .numbers("interrupted", of(moments -> moments.sessions(Status.INTERRUPTED)))
          .numbers("in_progress", of(moments -> moments.sessions(Status.IN_PROGRESS)))
          .numbers("duration_seconds", of(moments -> moments.values(Metric.DURATION).sum()))
          .numbers("score_n", of(moments -> moments.values(Metric.SCORE).n()))
          .numbers("score_sum", of(moments -> moments.values(Metric.SCORE).sum()))
          .numbers("engagement_n", of(moments -> moments.values(Metric.ENGAGEMENT).n()))
          .column("engagement_sum", month -> decimal(month.moments(), Metric.ENGAGEMENT))
          .numbers("success_n", of(moments -> moments.values(Metric.SUCCESS).n()))
          .column("success_sum", month -> decimal(month.moments(), Metric.SUCCESS))
          .numbers("activities", of(Moments::activities))
          .numbers("points", of(Moments::points))
          .bytes("moments", month -> month.moments().toBytes());

  private final JdbcClient jdbc;
  private final PlayReader play;

  public MonthSummaries(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.play = new PlayReader(jdbc);
  }

  /**
   * Brings the months of these ranges up to date: writes those that have become others, in their
   * places, and removes those of which nothing is left. In the caller's transaction.
   *
   * @param ranges of whole months
   */
  public void fold(Collection<DayRange> ranges) {
    var months = folded(ranges);
    var columns = COLUMNS.of(months);
    DayRange.bind(jdbc.sql(DELETE).params(columns), ranges).update();
    if (!months.isEmpty()) {
      jdbc.sql(STORE).params(columns).param("shape", Moments.SHAPE).update();
    }
  }

  /**
   * Up to 20 of the months of these ranges whose summary is not what their sessions and activities
   * say, of those that are not dirty.
   *
   * @param ranges of whole months
   */
  public List<String> differences(Collection<DayRange> ranges) {
    return DayRange.bind(jdbc.sql(DIFFERENCES).params(COLUMNS.of(folded(ranges))), ranges)
        .param("shape", Moments.SHAPE)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<Month> folded(Collection<DayRange> ranges) {
    var folds = new HashMap<ChildMonth, Moments.Fold>();
    play.eachSession(
        ranges, session -> fold(folds, ChildMonth.of(session.child(), session.day())).add(session));
    for (var activity : play.activities(ranges)) {
      fold(folds, ChildMonth.of(activity.child(), activity.day())).add(activity);
    }
    return folds.entrySet().stream()
        .map(month -> new Month(month.getKey(), month.getValue().moments()))
        .toList();
  }

  private static Moments.Fold fold(Map<ChildMonth, Moments.Fold> folds, ChildMonth month) {
    return folds.computeIfAbsent(month, _ -> new Moments.Fold());
  }

  private static ToLongFunction<Month> of(ToLongFunction<Moments> value) {
    return month -> value.applyAsLong(month.moments());
  }

  private static BigDecimal decimal(Moments moments, Metric metric) {
    return BigDecimal.valueOf(moments.values(metric).sum(), metric.scale());
  }
}
