package org.smileadventure.common.fold;

import java.util.ArrayList;
import java.util.List;
import org.smileadventure.common.event.SessionId;

/**
 * {@link Moments} as a compact document: numbers and words, one after the other.
 *
 * <pre>
 * each count
 * each metric: n; unless that is 0: sum, sumSq, min, max, x, xx, xy, days
 * each table: rows; of each row: name, numbers
 * scenarios; of each: name, attempts; of each: microseconds since the one before, success, id
 * days played, completed, with activities
 * </pre>
 *
 * <p>Counts, metrics and tables stand in the order in which they are declared, so that one more,
 * too, makes another {@link Moments#SHAPE}. An id is there only where two attempts began at once.
 * Days are months; of each: its number, its bits.
 */
final class MomentsBytes {
  private static final Count[] COUNTS = Count.values();
  private static final Metric[] METRICS = Metric.values();
  private static final Table[] TABLES = Table.values();

  private MomentsBytes() {}

  static byte[] write(Moments moments) {
    var out = new ByteWriter();
    for (var count : COUNTS) {
      out.number(moments.count(count));
    }
    for (var metric : METRICS) {
      write(out, moments.values(metric));
    }
    for (var table : TABLES) {
      var rows = moments.table(table);
      out.number(rows.size());
      rows.forEach(
          (name, numbers) -> {
            out.word(name);
            for (var number : numbers) {
              out.number(number);
            }
          });
    }
    out.number(moments.attempts.size());
    moments.attempts.forEach(
        (scenario, attempts) -> {
          out.word(scenario);
          write(out, attempts);
        });
    moments.playDays.write(out);
    moments.completedDays.write(out);
    moments.activityDays.write(out);
    return out.written();
  }

  private static void write(ByteWriter out, Values values) {
    out.number(values.n());
    if (values.n() > 0) {
      out.number(values.sum());
      out.number(values.sumSq());
      out.number(values.min());
      out.number(values.max());
      out.number(values.x());
      out.number(values.xx());
      out.number(values.xy());
      values.days().write(out);
    }
  }

  private static void write(ByteWriter out, List<Attempt> attempts) {
    out.number(attempts.size());
    var before = 0L;
    for (int i = 0; i < attempts.size(); i++) {
      var attempt = attempts.get(i);
      var id = isAtOnce(attempts, i - 1) || isAtOnce(attempts, i) ? attempt.id() : null;
      out.number(attempt.startedAt() - before);
      out.number(attempt.success());
      out.word(id == null ? "" : id.toString());
      before = attempt.startedAt();
    }
  }

  /** Whether this one and the next began at the same moment. */
  private static boolean isAtOnce(List<Attempt> attempts, int i) {
    return i >= 0
        && i + 1 < attempts.size()
        && attempts.get(i).startedAt() == attempts.get(i + 1).startedAt();
  }

  static Moments.Fold read(byte[] document) {
    var in = new ByteReader(document);
    var fold = new Moments.Fold();
    for (var count : COUNTS) {
      fold.count(count, in.number());
    }
    for (var metric : METRICS) {
      var n = in.number();
      if (n > 0) {
        fold.values.put(
            metric,
            new Values(
                n,
                in.number(),
                in.big(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.big(),
                DaySet.read(in)));
      }
    }
    for (var table : TABLES) {
      for (int rows = in.count(); rows > 0; rows--) {
        fold.count(table, in.word(), numbers(in, table.width()));
      }
    }
    for (int scenarios = in.count(); scenarios > 0; scenarios--) {
      fold.attempts.put(in.word(), attempts(in));
    }
    fold.playDays = DaySet.read(in);
    fold.completedDays = DaySet.read(in);
    fold.activityDays = DaySet.read(in);
    if (!in.isAtEnd()) {
      throw new IllegalArgumentException("a document of moments ends before its end");
    }
    return fold;
  }

  private static long[] numbers(ByteReader in, int n) {
    var numbers = new long[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = in.number();
    }
    return numbers;
  }

  private static List<Attempt> attempts(ByteReader in) {
    var n = in.count();
    var attempts = new ArrayList<Attempt>(n);
    var startedAt = 0L;
    for (int i = 0; i < n; i++) {
      startedAt += in.number();
      var success = in.count();
      var id = in.word();
      attempts.add(new Attempt(startedAt, id.isEmpty() ? null : SessionId.parse(id), success));
    }
    return attempts;
  }
}
