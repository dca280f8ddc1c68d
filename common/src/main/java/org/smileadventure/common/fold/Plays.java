package org.smileadventure.common.fold;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The completed sessions of a child in their order, numbered from 0: of each the day, the scenario,
 * whether somebody was there, and its {@linkplain Metric values}. All that depends on the order
 * comes from here. Immutable.
 *
 * <p>They lie in one array, a row each, because a child may have thousands of them.
 */
public final class Plays {
  private static final Metric[] METRICS = Metric.values();

  /** Microseconds since 1970. */
  private static final int STARTED_AT = 0;

  /** Tells sessions apart that began at once; 0 if it was read and no other one did. */
  private static final int ID_HIGH = 1;

  private static final int ID_LOW = 2;

  /** Since 1970. */
  private static final int DAY = 3;

  /** From 1; 0: none, or nobody knows. */
  private static final int SCENARIO = 4;

  /** Bits: a value of which metrics there is, in their order, and the two below. */
  private static final int KNOWN = 5;

  private static final int VALUES = 6;
  private static final int WIDTH = VALUES + METRICS.length;

  private static final int SUPPORT_IS_KNOWN = 1 << METRICS.length;
  private static final int IS_SUPPORTED = SUPPORT_IS_KNOWN << 1;

  private final int size;
  private final long[] rows;
  private final List<String> scenarios;

  /** Each as soon as it is asked for; whichever thread puts it there, it is the same. */
  private final @Nullable Values[] values = new Values[METRICS.length];

  private Plays(long[] rows, List<String> scenarios) {
    this.size = rows.length / WIDTH;
    this.rows = rows;
    this.scenarios = scenarios;
  }

  public int size() {
    return size;
  }

  public LocalDate day(int play) {
    return LocalDate.ofEpochDay(epochDay(play));
  }

  /** The day, counted from 1970. */
  public long epochDay(int play) {
    return rows[play * WIDTH + DAY];
  }

  /** Null: none, or nobody knows. */
  public @Nullable String scenario(int play) {
    var number = scenarioNumber(play);
    return number == 0 ? null : scenarios.get(number - 1);
  }

  /** The same number for the same scenario of these plays; 0: none, or nobody knows. */
  public int scenarioNumber(int play) {
    return (int) rows[play * WIDTH + SCENARIO];
  }

  /** How many scenarios there are. */
  public int scenarios() {
    return scenarios.size();
  }

  /** Whether a support person was there; null: nobody knows. */
  public @Nullable Boolean supported(int play) {
    return isKnown(play, SUPPORT_IS_KNOWN) ? isKnown(play, IS_SUPPORTED) : null;
  }

  /** Whether there is a value. */
  public boolean has(Metric metric, int play) {
    return isKnown(play, 1 << metric.place());
  }

  /** In the metric's unit; 0 if there is none. */
  public long value(Metric metric, int play) {
    return rows[play * WIDTH + VALUES + metric.place()];
  }

  /** What the values of a metric add up to. */
  public Values values(Metric metric) {
    var known = values[metric.place()];
    if (known == null) {
      known = values(metric, _ -> true);
      values[metric.place()] = known;
    }
    return known;
  }

  /** The same of these plays only. */
  public Values values(Metric metric, IntPredicate among) {
    var sums = new Values.Fold();
    for (int play = 0; play < size; play++) {
      if (has(metric, play) && among.test(play)) {
        sums.add(value(metric, play), epochDay(play));
      }
    }
    return sums.values();
  }

  /** The sum of the first ⌊n ÷ 2⌋ values. */
  public long earlySum(Metric metric) {
    var sum = 0L;
    var left = values(metric).n() / 2;
    for (int play = 0; left > 0; play++) {
      if (has(metric, play)) {
        sum += value(metric, play);
        left--;
      }
    }
    return sum;
  }

  /** On which there is one. */
  DaySet days() {
    var days = new DaySet.Fold();
    for (int play = 0; play < size; play++) {
      days.add(epochDay(play));
    }
    return days.days();
  }

  private boolean isKnown(int play, int bit) {
    return (rows[play * WIDTH + KNOWN] & bit) != 0;
  }

  /**
   * Column by column: how many; starts and days, each since the one before; scenarios in their
   * order, and of each play which; the bits; of each metric the values there are; the ids of those
   * that began at once.
   */
  void write(ByteWriter out) {
    out.number(size);
    writeDifferences(out, STARTED_AT);
    writeDifferences(out, DAY);
    var sorted = scenarios.stream().sorted().toList();
    out.number(sorted.size());
    sorted.forEach(out::word);
    var places = new int[scenarios.size() + 1];
    for (int i = 0; i < sorted.size(); i++) {
      places[scenarios.indexOf(sorted.get(i)) + 1] = i + 1;
    }
    for (int play = 0; play < size; play++) {
      out.number(places[scenarioNumber(play)]);
    }
    for (int play = 0; play < size; play++) {
      out.number(rows[play * WIDTH + KNOWN]);
    }
    for (var metric : METRICS) {
      for (int play = 0; play < size; play++) {
        if (has(metric, play)) {
          out.number(value(metric, play));
        }
      }
    }
    for (int play = 0; play < size; play++) {
      if (isAtOnce(play - 1) || isAtOnce(play)) {
        out.number(rows[play * WIDTH + ID_HIGH]);
        out.number(rows[play * WIDTH + ID_LOW]);
      }
    }
  }

  private void writeDifferences(ByteWriter out, int column) {
    var before = 0L;
    for (int at = column; at < rows.length; at += WIDTH) {
      out.number(rows[at] - before);
      before = rows[at];
    }
  }

  /** Whether this one and the next began at the same moment. */
  private boolean isAtOnce(int play) {
    return play >= 0
        && play + 1 < size
        && rows[play * WIDTH + STARTED_AT] == rows[(play + 1) * WIDTH + STARTED_AT];
  }

  static Plays read(ByteReader in) {
    var size = in.count();
    var rows = new long[size * WIDTH];
    readDifferences(in, rows, STARTED_AT);
    readDifferences(in, rows, DAY);
    var scenarios = new ArrayList<String>();
    for (int left = in.count(); left > 0; left--) {
      scenarios.add(in.word());
    }
    read(in, rows, SCENARIO);
    read(in, rows, KNOWN);
    var plays = new Plays(rows, scenarios);
    for (var metric : METRICS) {
      for (int play = 0; play < size; play++) {
        if (plays.has(metric, play)) {
          rows[play * WIDTH + VALUES + metric.place()] = in.number();
        }
      }
    }
    for (int play = 0; play < size; play++) {
      if (plays.isAtOnce(play - 1) || plays.isAtOnce(play)) {
        rows[play * WIDTH + ID_HIGH] = in.number();
        rows[play * WIDTH + ID_LOW] = in.number();
      }
    }
    return plays;
  }

  private static void read(ByteReader in, long[] rows, int column) {
    for (int at = column; at < rows.length; at += WIDTH) {
      rows[at] = in.number();
    }
  }

  private static void readDifferences(ByteReader in, long[] rows, int column) {
    var before = 0L;
    for (int at = column; at < rows.length; at += WIDTH) {
      before += in.number();
      rows[at] = before;
    }
  }

  /** Collects plays in any order. Not thread-safe, and not to be used after {@link #plays}. */
  static final class Fold {
    private static final int LEAST_ROWS = 8;

    private long[] rows = {};
    private int length;
    private final List<String> scenarios = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void add(SessionFigures session) {
      var at = reserve(WIDTH);
      var id = session.id().value();
      rows[at + STARTED_AT] = Micros.of(session.startedAt());
      rows[at + ID_HIGH] = id.getMostSignificantBits();
      rows[at + ID_LOW] = id.getLeastSignificantBits();
      rows[at + DAY] = session.day().toEpochDay();
      rows[at + SCENARIO] = session.scenario() == null ? 0 : number(session.scenario());
      rows[at + KNOWN] =
          session.supported() == null
              ? 0
              : SUPPORT_IS_KNOWN | (session.supported() ? IS_SUPPORTED : 0);
      for (var metric : METRICS) {
        var value = metric.of(session);
        if (value != null) {
          rows[at + KNOWN] |= 1L << metric.place();
          rows[at + VALUES + metric.place()] = value;
        }
      }
    }

    void add(Plays more) {
      var from = reserve(more.rows.length);
      System.arraycopy(more.rows, 0, rows, from, more.rows.length);
      var theirs = new int[more.scenarios.size() + 1];
      for (int i = 1; i < theirs.length; i++) {
        theirs[i] = number(more.scenarios.get(i - 1));
      }
      for (int at = from + SCENARIO; at < length; at += WIDTH) {
        rows[at] = theirs[(int) rows[at]];
      }
    }

    private int number(String scenario) {
      var known = numbers.get(scenario);
      if (known != null) {
        return known;
      }
      scenarios.add(scenario);
      numbers.put(scenario, scenarios.size());
      return scenarios.size();
    }

    private int reserve(int more) {
      var at = length;
      length = Math.addExact(length, more);
      if (length > rows.length) {
        rows = Arrays.copyOf(rows, Math.max(LEAST_ROWS * WIDTH, Math.max(length, 2 * at)));
      }
      return at;
    }

    Plays plays() {
      return new Plays(inOrder(), List.copyOf(scenarios));
    }

    private long[] inOrder() {
      if (isInOrder()) {
        return length == rows.length ? rows : Arrays.copyOf(rows, length);
      }
      var order =
          IntStream.range(0, length / WIDTH)
              .mapToObj(play -> play * WIDTH)
              .sorted(this::compare)
              .toList();
      var sorted = new long[length];
      for (int i = 0; i < order.size(); i++) {
        System.arraycopy(rows, order.get(i), sorted, i * WIDTH, WIDTH);
      }
      return sorted;
    }

    private boolean isInOrder() {
      for (int at = WIDTH; at < length; at += WIDTH) {
        if (compare(at - WIDTH, at) > 0) {
          return false;
        }
      }
      return true;
    }

    private int compare(int a, int b) {
      if (rows[a + STARTED_AT] != rows[b + STARTED_AT]) {
        return Long.compare(rows[a + STARTED_AT], rows[b + STARTED_AT]);
      }
      return rows[a + ID_HIGH] == rows[b + ID_HIGH]
          ? Long.compareUnsigned(rows[a + ID_LOW], rows[b + ID_LOW])
          : Long.compareUnsigned(rows[a + ID_HIGH], rows[b + ID_HIGH]);
    }
  }
}
