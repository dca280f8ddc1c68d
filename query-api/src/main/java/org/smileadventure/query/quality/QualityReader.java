package org.smileadventure.query.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.query.analytics.Period;
import org.smileadventure.query.answer.ChildToday;
import org.smileadventure.query.answer.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is known of a child's data, in transactions to which the child was opened. */
@Component
public class QualityReader {
  private static final String QUALITY = SqlFile.read(QualityReader.class, "quality.sql");

  private final JdbcClient jdbc;
  private final ChildToday today;
  private final JsonMapper json;

  QualityReader(JdbcClient jdbc, ChildToday today, JsonMapper json) {
    this.jdbc = jdbc;
    this.today = today;
    this.json = json;
  }

  /** Empty if the viewer may not see the child, or there is none. */
  public Optional<DataQuality> read(Viewer viewer, ChildId child, Period period, Instant now) {
    return today.of(viewer, child, now).map(day -> read(period.endingOn(child, day), now));
  }

  private DataQuality read(DayRange days, Instant now) {
    return jdbc.sql(QUALITY)
        .param("child", days.child().value())
        .param("first", days.first() == null ? "-infinity" : days.first().toString())
        .param("last", days.last().toString())
        .query((row, _) -> quality(row, days, now))
        .single();
  }

  private DataQuality quality(ResultSet row, DayRange days, Instant now) throws SQLException {
    return new DataQuality(
        days.child().value(),
        days.first(),
        days.last(),
        row.getLong("complete"),
        row.getLong("partial"),
        row.getLong("minimal"),
        row.getLong("lost_events"),
        List.of(json.readValue(row.getString("notes"), DataQuality.Note[].class)),
        List.of(json.readValue(row.getString("refused"), DataQuality.Refused[].class)),
        now);
  }
}
