package org.smileadventure.batch.windows;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds stored windows against what they would be if they were computed now. */
@Component
public class StoredWindows {
  private static final String STORED = SqlFile.read(StoredWindows.class, "stored.sql");
  private static final String DIFFERENCES = SqlFile.read(StoredWindows.class, "differences.sql");
  private static final String[] NAMES =
      Stream.of(Window.values()).map(Window::wireName).toArray(String[]::new);

  private final JdbcClient jdbc;
  private final WindowReader reader;

  StoredWindows(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.reader = new WindowReader(jdbc);
  }

  /**
   * Up to 20 windows of these children that are missing or not what their months say, unless they
   * are dirty.
   */
  public List<String> differences(Collection<? extends ChildId> children) {
    var ids = ChildBlocks.ids(children);
    return jdbc.sql(DIFFERENCES)
        .params(ChildWindow.columns(ChildWindow.read(reader, stored(ids))))
        .param("asked", ids)
        .param("names", NAMES)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private Map<DayRange, Window> stored(long... children) {
    var stored = new LinkedHashMap<DayRange, Window>();
    jdbc.sql(STORED)
        .param("children", children)
        .query(
            row -> {
              var window = Window.named(row.getString("window_name")).orElseThrow();
              var last = row.getObject("last_day", LocalDate.class);
              stored.put(
                  new DayRange(new ChildId(row.getLong("child_id")), window.firstDay(last), last),
                  window);
            });
    return stored;
  }
}
