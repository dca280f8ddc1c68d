package org.smileadventure.common.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A set of rows as one array a column, for a statement that unnests them: one round trip, and one
 * plan, for any number of rows. The values are text; the statement says of what type.
 */
public final class ColumnArrays<T> {
  private final Map<String, Function<T, @Nullable Object>> columns = new LinkedHashMap<>();

  public ColumnArrays<T> column(String name, Function<T, @Nullable Object> value) {
    columns.put(name, value);
    return this;
  }

  /** The parameters of the statement, by the columns' names. */
  public Map<String, ?> of(List<T> rows) {
    var arrays = new HashMap<String, @Nullable String[]>();
    columns.forEach(
        (name, value) -> {
          var array = new @Nullable String[rows.size()];
          for (int i = 0; i < array.length; i++) {
            var cell = value.apply(rows.get(i));
            array[i] = cell == null ? null : cell.toString();
          }
          arrays.put(name, array);
        });
    return arrays;
  }
}
