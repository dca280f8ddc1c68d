package org.smileadventure.query.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventChunk;
import org.smileadventure.common.event.ReceivedEvents;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.report.ExportedChild.Row;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the events of an export, which are stored many in a row, and packed. */
final class ExportedEvents {
  private static final String STATEMENT = SqlFile.read(ExportedEvents.class, "export-events.sql");
  private static final int ROWS_AT_ONCE = 20;

  /** A page has one row at least, and no more once it has so many bytes. */
  private static final int BYTES_OF_A_PAGE = 2_000_000;

  private static final String RATED = "parent.rated";
  private static final Set<String> NOTES = Set.of("notes", "observedBehavior");

  /** Numbers stay as they were told. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** As PostgreSQL has times in JSON. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private final JdbcClient jdbc;

  ExportedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The events after the last one of the page before. */
  List<Row> page(ChildId child, boolean notes, Row last) {
    return jdbc.sql(STATEMENT)
        .param("child", child.value())
        .param("after", last.key())
        .param("after_seq", last.seq())
        .withFetchSize(ROWS_AT_ONCE)
        .query((ResultSetExtractor<List<Row>>) rows -> page(rows, child, notes, last));
  }

  private static List<Row> page(ResultSet rows, ChildId child, boolean notes, Row last)
      throws SQLException {
    var page = new ArrayList<Row>();
    var bytes = 0L;
    while (bytes < BYTES_OF_A_PAGE && rows.next()) {
      var session = rows.getObject("session_id", UUID.class);
      var seen = session.toString().equals(last.key()) ? last.seq() : 0;
      var received = rows.getObject("received_at", OffsetDateTime.class).toInstant();
      for (var part : EventChunk.parts(rows.getBytes("events"), received)) {
        bytes += part.json().length;
        for (var event : JSON.readValue(part.json(), StoredEvent[].class)) {
          if (event.sequence() > seen) {
            page.add(
                new Row(
                    session.toString(),
                    event.sequence(),
                    document(session, child, event, part, notes)));
          }
        }
      }
    }
    return page;
  }

  /** As it stands in the JSON of a row of session_events. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private record StoredEvent(int sequence, String type, long micros, JsonNode payload) {}

  private static String document(
      UUID session, ChildId child, StoredEvent event, ReceivedEvents part, boolean notes) {
    if (!notes && event.type().equals(RATED) && event.payload() instanceof ObjectNode payload) {
      payload.remove(NOTES);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("session_id", session);
    document.put("child_id", child.value());
    document.put("seq", event.sequence());
    document.put("type", event.type());
    document.put("occurred_at", TIME.format(Instant.EPOCH.plus(event.micros(), ChronoUnit.MICROS)));
    document.put("received_at", TIME.format(part.receivedAt()));
    document.put("payload", event.payload());
    return JSON.writeValueAsString(document);
  }
}
