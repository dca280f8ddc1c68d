package org.smileadventure.common.store;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.smileadventure.common.fold.Metric;
import org.smileadventure.common.fold.Moments;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The summaries of months: folded from sessions and activities, written where they differ, and held
 * against what is stored. Thread-safe.
 */
public final class MonthSummaries {
  private static final String STORE = SqlFile.read(MonthSummaries.class, "store-months.sql");
  private static final String DELETE = SqlFile.read(MonthSummaries.class, "delete-months.sql");
  private static final String DIFFERENCES =
      SqlFile.read(MonthSummaries.class, "month-differences.sql");

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
    DayRange.bind(bindKeys(jdbc.sql(DELETE), months), ranges).update();
    if (!months.isEmpty()) {
      bind(jdbc.sql(STORE), months).update();
    }
  }

  /**
   * Up to 20 of the months of these ranges whose summary is not what their sessions and activities
   * say, of those that are not dirty.
   *
   * @param ranges of whole months
   */
  public List<String> differences(Collection<DayRange> ranges) {
    return DayRange.bind(bind(jdbc.sql(DIFFERENCES), folded(ranges)), ranges)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private Map<ChildMonth, Moments> folded(Collection<DayRange> ranges) {
    var folds = new TreeMap<ChildMonth, Moments.Fold>();
    for (var session : play.sessions(ranges)) {
      fold(folds, ChildMonth.of(session.child(), session.day())).add(session);
    }
    for (var activity : play.activities(ranges)) {
      fold(folds, ChildMonth.of(activity.child(), activity.day())).add(activity);
    }
    var months = new TreeMap<ChildMonth, Moments>();
    folds.forEach((month, fold) -> months.put(month, fold.moments()));
    return months;
  }

  private static Moments.Fold fold(Map<ChildMonth, Moments.Fold> folds, ChildMonth month) {
    return folds.computeIfAbsent(month, _ -> new Moments.Fold());
  }

  private static StatementSpec bindKeys(StatementSpec statement, Map<ChildMonth, Moments> months) {
    return statement
        .param(
            "month_children", months.keySet().stream().mapToLong(m -> m.child().value()).toArray())
        .param("months", texts(months.keySet(), month -> month.month().atDay(1)));
  }

  private static StatementSpec bind(StatementSpec statement, Map<ChildMonth, Moments> months) {
    var moments = months.values();
    return bindKeys(statement, months)
        .param("sessions", numbers(moments, Moments::sessions))
        .param("completed", numbers(moments, m -> m.sessions(Status.COMPLETED)))
        .param("abandoned", numbers(moments, m -> m.sessions(Status.ABANDONED)))
        .param("interrupted", numbers(moments, m -> m.sessions(Status.INTERRUPTED)))
        .param("in_progress", numbers(moments, m -> m.sessions(Status.IN_PROGRESS)))
        .param("duration_seconds", numbers(moments, m -> m.values(Metric.DURATION).sum()))
        .param("score_n", numbers(moments, m -> m.values(Metric.SCORE).n()))
        .param("score_sum", numbers(moments, m -> m.values(Metric.SCORE).sum()))
        .param("engagement_n", numbers(moments, m -> m.values(Metric.ENGAGEMENT).n()))
        .param("engagement_sum", texts(moments, m -> sum(m, Metric.ENGAGEMENT)))
        .param("success_n", numbers(moments, m -> m.values(Metric.SUCCESS).n()))
        .param("success_sum", texts(moments, m -> sum(m, Metric.SUCCESS)))
        .param("activities", numbers(moments, Moments::activities))
        .param("points", numbers(moments, Moments::points))
        .param("shape", Moments.SHAPE)
        .param("moments", texts(moments, Moments::toJson));
  }

  private static BigDecimal sum(Moments moments, Metric metric) {
    return BigDecimal.valueOf(moments.values(metric).sum(), metric.scale());
  }

  private static long[] numbers(Collection<Moments> moments, ToLongFunction<Moments> of) {
    return moments.stream().mapToLong(of).toArray();
  }

  private static <T> String[] texts(Collection<T> all, Function<T, Object> of) {
    return all.stream().map(one -> of.apply(one).toString()).toArray(String[]::new);
  }
}
