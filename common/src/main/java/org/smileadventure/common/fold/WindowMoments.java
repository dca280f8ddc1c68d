package org.smileadventure.common.fold;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a window adds up to, with what is around it.
 *
 * @param summaryDays how many of the days with play came from summaries of months
 * @param liveDays how many were folded from their sessions as they were asked for
 */
public record WindowMoments(
    Moments moments, long summaryDays, long liveDays, Surroundings surroundings) {

  /**
   * Folds a window from its months: of some there is a summary, of the others, those at its edges
   * and those that are dirty, there are the sessions and activities. No month is both.
   *
   * @param sessions in any order
   */
  public static WindowMoments of(
      Collection<Moments> summaries,
      List<SessionFigures> sessions,
      List<ActivityFigures> activities,
      Surroundings surroundings) {
    var fold = new Moments.Fold();
    summaries.forEach(fold::add);
    sessions.forEach(fold::add);
    activities.forEach(fold::add);
    var moments = fold.moments();
    var summaryDays = summaries.stream().mapToLong(month -> month.playDays.size()).sum();
    return new WindowMoments(
        moments, summaryDays, moments.playDays.size() - summaryDays, surroundings);
  }

  /**
   * What is around a window.
   *
   * @param sessionsBefore sessions in the window of the same length before; null: there is none
   *     before all days
   * @param firstDayBefore the first day with a session of that window
   * @param lastPlay the last day with a session up to the window's end, be it before the window
   * @param nextDay the first day with a session or an activity after the window's end: of a device
   *     whose clock is ahead
   */
  public record Surroundings(
      @Nullable Long sessionsBefore,
      @Nullable LocalDate firstDayBefore,
      @Nullable LocalDate lastPlay,
      @Nullable LocalDate nextDay) {}

  /** The first day with a session or an activity; null: there is none. */
  public @Nullable LocalDate firstDay() {
    return moments.playDays.plus(moments.activityDays).first();
  }

  /** The completed sessions, in their order. */
  public Plays plays() {
    return moments.plays;
  }

  /** Days with a session, whatever became of it. */
  public DaySet playDays() {
    return moments.playDays;
  }

  /** Days with a completed session. */
  public DaySet completedDays() {
    return moments.plays.days();
  }

  public Values values(Metric metric) {
    return moments.values(metric);
  }

  public long sessions() {
    return moments.sessions();
  }

  public long sessions(Status status) {
    return moments.sessions(status);
  }

  /** Sessions that have ended, in whatever way. */
  public long ended() {
    return sessions() - sessions(Status.IN_PROGRESS);
  }

  /** Of all sessions. */
  public long overwhelmedExits() {
    return moments.count(Count.OVERWHELMED_EXITS);
  }

  public long interactions() {
    return moments.count(Count.INTERACTIONS);
  }

  public long levels() {
    return moments.count(Count.LEVELS);
  }

  public long achievements() {
    return moments.count(Count.ACHIEVEMENTS);
  }

  /** Sessions with at least 20 active minutes. */
  public long attentionHigh() {
    return moments.count(Count.ATTENTION_HIGH);
  }

  /** With at least 10 and less than 20. */
  public long attentionModerate() {
    return moments.count(Count.ATTENTION_MODERATE);
  }

  /** How many first and last states were told. */
  public long statesTold() {
    return moments.count(Count.STATES_TOLD);
  }

  public long observations() {
    return moments.count(Count.OBSERVATIONS);
  }

  public long intoDistress() {
    return moments.count(Count.INTO_DISTRESS);
  }

  /** Sessions with a recovery in which no strategy was used. */
  public long unaidedRecoveries() {
    return moments.count(Count.UNAIDED_RECOVERIES);
  }

  /** Seconds of their recoveries. */
  public BigDecimal unaidedRecoverySeconds() {
    return millis(moments.count(Count.UNAIDED_RECOVERY_MILLIS));
  }

  /** How many sessions of a type have each status. */
  public record TypeCounts(String sessionType, List<Long> byStatus) {
    public long sessions() {
      return byStatus.stream().mapToLong(Long::longValue).sum();
    }

    public long sessions(Status status) {
      return byStatus.get(Table.column(status));
    }
  }

  public List<TypeCounts> types() {
    return rows(Table.TYPES, (type, n) -> new TypeCounts(type, Arrays.stream(n).boxed().toList()));
  }

  public record State(String state, BigDecimal seconds, long firstN, long lastN) {}

  public List<State> states() {
    return rows(
        Table.STATES, (state, n) -> new State(state, BigDecimal.valueOf(n[0], 6), n[1], n[2]));
  }

  public record Transition(String stateBefore, String state, long n) {}

  public List<Transition> transitions() {
    return rows(
        Table.TRANSITIONS,
        (change, n) -> {
          var end = change.indexOf('>');
          return new Transition(change.substring(0, end), change.substring(end + 1), n[0]);
        });
  }

  public record Trigger(String trigger, long observations, long intoDistress) {}

  public List<Trigger> triggers() {
    return rows(Table.TRIGGERS, (name, n) -> new Trigger(name, n[0], n[1]));
  }

  /**
   * A strategy.
   *
   * @param recoveries sessions with a recovery in which it was used
   */
  public record Strategy(
      String strategy,
      long uses,
      long effectivenessSum,
      long childInitiated,
      long recoveries,
      BigDecimal recoverySeconds) {}

  public List<Strategy> strategies() {
    return rows(
        Table.STRATEGIES, (name, n) -> new Strategy(name, n[0], n[1], n[2], n[3], millis(n[4])));
  }

  /**
   * Episodes of distress.
   *
   * @param trigger with which they began; null: none was told
   * @param strategy that was used; null: none was. An episode with several counts under each
   * @param recovered those that the child got out of
   * @param seconds the sum of what these took
   * @param squares the sum of its squares
   */
  public record Episodes(
      @Nullable String trigger,
      @Nullable String strategy,
      long n,
      long recovered,
      BigDecimal seconds,
      BigDecimal squares) {}

  public List<Episodes> episodes() {
    return rows(
        Table.EPISODES,
        (name, n) -> {
          var kind = EpisodeKind.parse(name);
          var squares =
              BigInteger.valueOf(n[3]).shiftLeft(Integer.SIZE).add(BigInteger.valueOf(n[4]));
          return new Episodes(
              kind.trigger(),
              kind.strategy(),
              n[0],
              n[1],
              millis(n[2]),
              new BigDecimal(squares, 6));
        });
  }

  /** The engagement of sessions that began in an hour, or on a day of the week. */
  public record Cell(int cell, long n, BigDecimal sum) {}

  public List<Cell> hours() {
    return cells(Table.HOURS);
  }

  /** From 1, Monday, to 7. */
  public List<Cell> weekdays() {
    return cells(Table.WEEKDAYS);
  }

  private List<Cell> cells(Table table) {
    return rows(
        table,
        (cell, n) ->
            new Cell(
                Integer.parseInt(cell), n[0], BigDecimal.valueOf(n[1], Metric.ENGAGEMENT.scale())));
  }

  /**
   * Activities of a type.
   *
   * @param emotionalN with a state before and after
   * @param anxietyChange sum of after − before, of {@code anxietyN} activities
   */
  public record Activity(
      String activityType,
      long activities,
      long points,
      long verified,
      long emotionalN,
      long improvements,
      long deteriorations,
      long anxietyN,
      long anxietyChange) {}

  public List<Activity> activities() {
    return rows(
        Table.ACTIVITIES,
        (type, n) -> new Activity(type, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]));
  }

  private <T> List<T> rows(Table table, BiFunction<String, long[], T> row) {
    return moments.table(table).entrySet().stream()
        .map(entry -> row.apply(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static BigDecimal millis(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }
}
