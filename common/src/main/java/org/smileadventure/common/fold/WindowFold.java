package org.smileadventure.common.fold;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folds a window from its months: of some there is a summary, of the others, those at its edges and
 * those that are dirty, there are the sessions and activities. No month is both.
 *
 * <p>What does not add up are the halves of a series: they part somewhere within a month. Where
 * that is one of which there is a summary only, its sessions are asked for.
 */
public final class WindowFold {
  private static final Comparator<SessionFigures> IN_ORDER =
      Comparator.comparing(SessionFigures::startedAt).thenComparing(SessionFigures::id);

  private final Set<YearMonth> summarised;
  private final Map<YearMonth, List<SessionFigures>> sessions = new HashMap<>();
  private final SortedMap<YearMonth, Moments> months;
  private final Moments all;
  private final Map<Metric, Parting> partings = new EnumMap<>(Metric.class);
  private final long summaryDays;
  private final long liveDays;

  /**
   * Of one child.
   *
   * @param summaries by month
   * @param sessions in any order; none of a month of which there is a summary
   */
  public WindowFold(
      Map<YearMonth, Moments> summaries,
      List<SessionFigures> sessions,
      List<ActivityFigures> activities) {
    this.summarised = summaries.keySet();
    for (var session : sessions) {
      this.sessions
          .computeIfAbsent(YearMonth.from(session.day()), _ -> new ArrayList<>())
          .add(session);
    }
    this.months = new TreeMap<>(summaries);
    this.sessions.forEach((month, played) -> months.put(month, Moments.of(played, List.of())));
    this.all =
        Moments.sum(
            Stream.concat(months.values().stream(), Stream.of(Moments.of(List.of(), activities))));
    for (var metric : all.values.keySet()) {
      partings.put(metric, parting(metric, months));
    }
    this.summaryDays = days(summaries.values());
    this.liveDays = all.playDays.size() - summaryDays;
  }

  private static long days(Collection<Moments> months) {
    return months.stream().mapToLong(month -> month.playDays.size()).sum();
  }

  /**
   * Where the halves of a series part.
   *
   * @param month null: between two months
   * @param left how many values of the month belong to the first half
   * @param sumBefore of all months before
   */
  private record Parting(@Nullable YearMonth month, long left, long sumBefore) {}

  private Parting parting(Metric metric, SortedMap<YearMonth, Moments> months) {
    var left = all.values(metric).n() / 2;
    var sum = 0L;
    for (var month : months.entrySet()) {
      var values = month.getValue().values(metric);
      if (values.n() > left) {
        return new Parting(left == 0 ? null : month.getKey(), left, sum);
      }
      left -= values.n();
      sum += values.sum();
    }
    return new Parting(null, 0, sum);
  }

  /** The summarised months in which the halves of a series part. */
  public Set<YearMonth> partingMonths() {
    return partings.values().stream()
        .map(Parting::month)
        .filter(month -> month != null && summarised.contains(month))
        .collect(Collectors.toSet());
  }

  /**
   * The window's moments.
   *
   * @param sessionsOf the sessions of a {@linkplain #partingMonths parting month}, in any order
   */
  public WindowMoments moments(
      Function<YearMonth, List<SessionFigures>> sessionsOf,
      WindowMoments.Surroundings surroundings) {
    var early = new EnumMap<Metric, Long>(Metric.class);
    var inOrder = new HashMap<YearMonth, List<SessionFigures>>();
    partings.forEach(
        (metric, parting) -> {
          var month = parting.month();
          early.put(
              metric,
              month == null
                  ? parting.sumBefore()
                  : parting.sumBefore()
                      + sumOfFirst(
                          metric,
                          parting.left(),
                          inOrder.computeIfAbsent(month, _ -> completed(month, sessionsOf))));
        });
    return new WindowMoments(all, months, early, summaryDays, liveDays, surroundings);
  }

  private List<SessionFigures> completed(
      YearMonth month, Function<YearMonth, List<SessionFigures>> sessionsOf) {
    var played =
        summarised.contains(month)
            ? sessionsOf.apply(month)
            : sessions.getOrDefault(month, List.of());
    return played.stream()
        .filter(session -> session.status() == Status.COMPLETED)
        .sorted(IN_ORDER)
        .toList();
  }

  private static long sumOfFirst(Metric metric, long n, List<SessionFigures> inOrder) {
    return inOrder.stream()
        .map(metric::of)
        .flatMap(Stream::ofNullable)
        .limit(n)
        .mapToLong(Long::longValue)
        .sum();
  }
}
