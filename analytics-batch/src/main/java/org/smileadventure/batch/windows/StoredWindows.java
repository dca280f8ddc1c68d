package org.smileadventure.batch.windows;

import java.util.List;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Holds stored windows against what they would be if they were computed now. */
@Component
public class StoredWindows {
  private static final String STORED = SqlFile.read(StoredWindows.class, "stored.sql");
  private static final String DIFFERENCES = SqlFile.read(StoredWindows.class, "differences.sql");

  private final JdbcClient jdbc;
  private final JsonMapper json;

  StoredWindows(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * Which windows of these children are missing or not what their days say, unless they are dirty.
   */
  public List<String> differences(long... children) {
    var computed =
        jdbc.sql(STORED)
            .param("children", children)
            .param("windows", ChildWindow.names())
            .param("days", ChildWindow.days())
            .query((row, _) -> ChildWindow.in(row))
            .list();
    return jdbc.sql(DIFFERENCES)
        .param("children", ChildWindow.children(computed))
        .param("windows", ChildWindow.texts(computed, w -> w.window().wireName()))
        .param("firsts", ChildWindow.texts(computed, ChildWindow::first))
        .param("due", ChildWindow.texts(computed, ChildWindow::dueOn))
        .param("all", children)
        .param("names", ChildWindow.names())
        .param("figures", ChildWindow.texts(computed, w -> w.figures(json)))
        .query((row, _) -> row.getString(1))
        .list();
  }
}
