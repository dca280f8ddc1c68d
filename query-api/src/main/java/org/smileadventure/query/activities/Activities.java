package org.smileadventure.query.activities;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.Viewer;
import org.smileadventure.query.page.Cursor;
import org.smileadventure.query.page.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a child did in daily life, in transactions to which the child was opened. */
@Component
class Activities {
  private static final String ACTIVITIES = SqlFile.read(Activities.class, "activities.sql");

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Activities(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A page of them; empty if the viewer may not see the child. */
  Optional<ActivityPage> find(
      Viewer viewer, ChildId child, ActivityFilter filter, Page page, Instant now) {
    var after = page.after() == null ? null : Cursor.momentAndId(page.after());
    // A plan for any filter would be one for all at once, and read a whole history for a page.
    jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
    var rows =
        jdbc.sql(ACTIVITIES)
            .param("child", child.value())
            .param("viewer", viewer.id())
            .param("before", after == null ? "infinity" : after.sqlTime())
            .param("before_id", after == null ? 0 : after.id())
            .param("type", filter.activityType(), Types.VARCHAR)
            .param("verified", filter.verified(), Types.BOOLEAN)
            .param("first_day", filter.dateFrom(), Types.DATE)
            .param("last_day", filter.dateTo(), Types.DATE)
            .param("most", page.limitAndOne())
            .query((row, _) -> Optional.ofNullable(row.getString("activity")))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var cut =
        page.cut(
            rows.stream()
                .flatMap(Optional::stream)
                .map(document -> json.readValue(document, ActivityPage.Activity.class))
                .toList(),
            activity -> new Cursor.Moment<>(activity.completedAt(), activity.id()).text());
    return Optional.of(new ActivityPage(cut.items(), cut.next(), page.limit(), now));
  }
}
