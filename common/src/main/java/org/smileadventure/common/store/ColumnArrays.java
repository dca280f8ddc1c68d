package org.smileadventure.common.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A set of rows as one array a column, for a statement that unnests them: one round trip, and one
 * plan, for any number of rows.
 */
public final class ColumnArrays<T> {
  private final Map<String, Function<List<T>, Object>> columns = new LinkedHashMap<>();

  /** Its values are text; the statement says of what type. */
  public ColumnArrays<T> column(String name, Function<T, @Nullable Object> value) {
    columns.put(name, rows -> texts(rows, value));
    return this;
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable Object> value) {
    var array = new @Nullable String[rows.size()];
    for (int i = 0; i < array.length; i++) {
      var cell = value.apply(rows.get(i));
      array[i] = cell == null ? null : cell.toString();
    }
    return array;
  }

  /** Its values are whole numbers, none of them null. */
  public ColumnArrays<T> numbers(String name, ToLongFunction<T> value) {
    columns.put(name, rows -> rows.stream().mapToLong(value).toArray());
    return this;
  }

  /** Its values are bytes, none of them null. */
  public ColumnArrays<T> bytes(String name, Function<T, byte[]> value) {
    columns.put(name, rows -> rows.stream().map(value).toArray(byte[][]::new));
    return this;
  }

  /** The parameters of the statement, by the columns' names. */
  public Map<String, ?> of(List<T> rows) {
    var arrays = new HashMap<String, Object>();
    columns.forEach((name, array) -> arrays.put(name, array.apply(rows)));
    return arrays;
  }
}
