package org.smileadventure.common.fold;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What sessions and activities of a child add up to. All of it is whole numbers, sets of days and
 * ordered plays, so merging is exact, associative and commutative: the order and the grouping of
 * what is merged never show. No session or activity may be merged twice. Immutable.
 */
public final class Moments {
  /** Of the document that {@link #toBytes} writes: raised whenever its form or meaning changes. */
  public static final short SHAPE = 5;

  /** Of a session whose start is missing. */
  private static final String UNKNOWN_TYPE = "unknown";

  public static final Moments NONE = new Fold().moments();

  final Map<Count, Long> counts;
  final Map<Table, NavigableMap<String, long[]>> tables;
  final Plays plays;
  final DaySet playDays;
  final DaySet activityDays;

  private final long[] byStatus;

  private Moments(Fold fold) {
    counts = fold.counts;
    tables = fold.tables;
    plays = fold.plays.plays();
    playDays = fold.playDays;
    activityDays = fold.activityDays;
    byStatus = total(Table.TYPES);
  }

  private long[] total(Table table) {
    var total = new long[table.width()];
    for (var row : table(table).values()) {
      for (int i = 0; i < total.length; i++) {
        total[i] += row[i];
      }
    }
    return total;
  }

  public static Moments of(SessionFigures session) {
    return new Fold().add(session).moments();
  }

  public static Moments of(ActivityFigures activity) {
    return new Fold().add(activity).moments();
  }

  /** As {@link #plus} one by one, in one pass. */
  public static Moments of(
      Iterable<SessionFigures> sessions, Iterable<ActivityFigures> activities) {
    var fold = new Fold();
    sessions.forEach(fold::add);
    activities.forEach(fold::add);
    return fold.moments();
  }

  public Moments plus(Moments other) {
    return new Fold().add(this).add(other).moments();
  }

  /** Compact, and the same for equal moments; {@link #parse} reads it. */
  public byte[] toBytes() {
    return MomentsBytes.write(this);
  }

  /** Reads what {@link #toBytes} has written in this {@link #SHAPE}. */
  public static Moments parse(byte[] document) {
    return MomentsBytes.read(document).moments();
  }

  /** Sessions of this status. */
  public long sessions(Status status) {
    return byStatus[Table.column(status)];
  }

  /** Sessions of any status. */
  public long sessions() {
    var all = 0L;
    for (var sessions : byStatus) {
      all += sessions;
    }
    return all;
  }

  /** Activities and their points. */
  public long activities() {
    return table(Table.ACTIVITIES).values().stream().mapToLong(row -> row[0]).sum();
  }

  public long points() {
    return table(Table.ACTIVITIES).values().stream().mapToLong(row -> row[1]).sum();
  }

  /** Of the completed sessions. */
  public Values values(Metric metric) {
    return plays.values(metric);
  }

  long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  NavigableMap<String, long[]> table(Table table) {
    return tables.getOrDefault(table, Collections.emptyNavigableMap());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Moments moments && Arrays.equals(toBytes(), moments.toBytes());
  }

  @Override
  public int hashCode() {
    return Objects.hash(counts, playDays);
  }

  @Override
  public String toString() {
    return "Moments[counts=%s, plays=%d]".formatted(counts, plays.size());
  }

  /** Folds one by one. Not thread-safe, and not to be used after {@link #moments}. */
  public static final class Fold {
    private static final int HIGH_ATTENTION_SECONDS = 20 * 60;
    private static final int MODERATE_ATTENTION_SECONDS = 10 * 60;

    final Map<Count, Long> counts = new EnumMap<>(Count.class);
    final Map<Table, NavigableMap<String, long[]>> tables = new EnumMap<>(Table.class);
    final Plays.Fold plays = new Plays.Fold();
    DaySet playDays = DaySet.NONE;
    DaySet activityDays = DaySet.NONE;

    public Moments moments() {
      return new Moments(this);
    }

    public Fold add(Moments other) {
      other.counts.forEach(this::count);
      other.tables.forEach(
          (table, rows) -> rows.forEach((name, numbers) -> count(table, name, numbers)));
      plays.add(other.plays);
      playDays = playDays.plus(other.playDays);
      activityDays = activityDays.plus(other.activityDays);
      return this;
    }

    public Fold add(SessionFigures session) {
      playDays = playDays.with(session.day());
      var statuses = new long[Status.values().length];
      statuses[Table.column(session.status())] = 1;
      count(Table.TYPES, session.type() == null ? UNKNOWN_TYPE : session.type(), statuses);
      if (session.overwhelmedExit()) {
        count(Count.OVERWHELMED_EXITS, 1);
      }
      if (session.status() == Status.COMPLETED) {
        addCompleted(session);
      }
      return this;
    }

    private void addCompleted(SessionFigures session) {
      plays.add(session);
      count(Count.INTERACTIONS, session.interactions());
      count(Count.LEVELS, session.levels());
      count(Count.ACHIEVEMENTS, session.achievements());
      count(Count.STATES_TOLD, session.statesTold());
      var active = session.activeSeconds();
      if (active != null && active >= HIGH_ATTENTION_SECONDS) {
        count(Count.ATTENTION_HIGH, 1);
      } else if (active != null && active >= MODERATE_ATTENTION_SECONDS) {
        count(Count.ATTENTION_MODERATE, 1);
      }
      if (session.engagement() != null) {
        count(Table.HOURS, Integer.toString(session.hour()), 1, session.engagement());
        var weekday = session.day().getDayOfWeek().getValue();
        count(Table.WEEKDAYS, Integer.toString(weekday), 1, session.engagement());
      }
      if (session.course() != null) {
        add(session.course(), session.recoveryMillis());
      }
    }

    private void add(Course course, @Nullable Long recoveryMillis) {
      count(Count.OBSERVATIONS, course.observations());
      count(Count.INTO_DISTRESS, course.intoDistress());
      course
          .micros()
          .forEach(
              (state, micros) ->
                  count(
                      Table.STATES,
                      state,
                      micros,
                      state.equals(course.first()) ? 1 : 0,
                      state.equals(course.last()) ? 1 : 0));
      course.transitions().forEach((change, n) -> count(Table.TRANSITIONS, change, n));
      course
          .triggers()
          .forEach((name, t) -> count(Table.TRIGGERS, name, t.observations(), t.intoDistress()));
      long recoveries = recoveryMillis == null ? 0 : 1;
      long millis = recoveryMillis == null ? 0 : recoveryMillis;
      course
          .strategies()
          .forEach(
              (name, s) ->
                  count(
                      Table.STRATEGIES,
                      name,
                      s.uses(),
                      s.effectivenessSum(),
                      s.childInitiated(),
                      recoveries,
                      millis));
      course.episodes().forEach(this::add);
      if (course.strategies().isEmpty()) {
        count(Count.UNAIDED_RECOVERIES, recoveries);
        count(Count.UNAIDED_RECOVERY_MILLIS, millis);
      }
    }

    /** Under each strategy that was used in it, or under none. */
    private void add(Course.Episode episode) {
      if (episode.strategies().isEmpty()) {
        add(episode, null);
      } else {
        episode.strategies().forEach(strategy -> add(episode, strategy));
      }
    }

    private void add(Course.Episode episode, @Nullable String strategy) {
      var kind = new EpisodeKind(episode.trigger(), strategy).name();
      if (episode.millis() == null) {
        count(Table.EPISODES, kind, 1, 0, 0, 0, 0);
      } else {
        long millis = episode.millis();
        var square = millis * millis;
        var high = Math.multiplyHigh(millis, millis) << Integer.SIZE | square >>> Integer.SIZE;
        count(Table.EPISODES, kind, 1, 1, millis, high, square & 0xffff_ffffL);
      }
    }

    public Fold add(ActivityFigures activity) {
      activityDays = activityDays.with(activity.day());
      var change = EmotionScale.change(activity.stateBefore(), activity.stateAfter());
      var before = activity.anxietyBefore();
      var after = activity.anxietyAfter();
      var anxiety = before == null || after == null ? null : Integer.valueOf(after - before);
      count(
          Table.ACTIVITIES,
          activity.type(),
          1,
          activity.points(),
          activity.verified() ? 1 : 0,
          change == null ? 0 : 1,
          change != null && change > 0 ? 1 : 0,
          change != null && change < 0 ? 1 : 0,
          anxiety == null ? 0 : 1,
          anxiety == null ? 0 : anxiety);
      return this;
    }

    void count(Count count, long more) {
      if (more != 0) {
        counts.merge(count, more, Long::sum);
      }
    }

    void count(Table table, String name, long... more) {
      var sums =
          tables
              .computeIfAbsent(table, _ -> new TreeMap<>())
              .computeIfAbsent(name, _ -> new long[table.width()]);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += more[i];
      }
    }
  }
}
