package org.smileadventure.common.fold;

/**
 * {@link Moments} as a compact document: numbers and words, one after the other.
 *
 * <pre>
 * each count
 * each table: rows; of each row: name, numbers
 * the {@linkplain Plays#write plays}
 * days played, with activities
 * </pre>
 *
 * <p>Counts, tables and metrics stand in the order in which they are declared, so that one more,
 * too, makes another {@link Moments#SHAPE}. Days are months; of each: its number, its bits.
 */
final class MomentsBytes {
  private static final Count[] COUNTS = Count.values();
  private static final Table[] TABLES = Table.values();

  private MomentsBytes() {}

  static byte[] write(Moments moments) {
    var out = new ByteWriter();
    for (var count : COUNTS) {
      out.number(moments.count(count));
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
    moments.plays.write(out);
    moments.playDays.write(out);
    moments.activityDays.write(out);
    return out.written();
  }

  static Moments.Fold read(byte[] document) {
    var in = new ByteReader(document);
    var fold = new Moments.Fold();
    for (var count : COUNTS) {
      fold.count(count, in.number());
    }
    for (var table : TABLES) {
      for (int rows = in.count(); rows > 0; rows--) {
        fold.count(table, in.word(), numbers(in, table.width()));
      }
    }
    fold.plays.add(Plays.read(in));
    fold.playDays = DaySet.read(in);
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
}
