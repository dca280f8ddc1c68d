package org.smileadventure.query.report;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.OpenedChildren;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what is kept of a child in pages, each in a short transaction of its own: no connection is
 * held while a page is sent. What was stored when the export began is in it; what is stored or
 * changed meanwhile may be. Pages go by what never changes of a row, so none is there twice.
 */
@Component
class ExportedChild {
  private static final String PROFILE = SqlFile.read(ExportedChild.class, "profile.sql");

  private final OpenedChildren children;
  private final JdbcClient jdbc;

  ExportedChild(OpenedChildren children, JdbcClient jdbc) {
    this.children = children;
    this.jdbc = jdbc;
  }

  /** The parts of an export, in their order. */
  enum Part {
    SESSIONS("00000000-0000-0000-0000-000000000000"),
    ACTIVITIES("0"),
    RATINGS("00000000-0000-0000-0000-000000000000"),
    EVENTS("00000000-0000-0000-0000-000000000000");

    private final String keyBeforeTheFirst;
    private final String statement;

    Part(String keyBeforeTheFirst) {
      this.keyBeforeTheFirst = keyBeforeTheFirst;
      this.statement = SqlFile.read(ExportedChild.class, "export-" + wireName() + ".sql");
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is kept of the child itself, as JSON.
   *
   * @param eventsKeptSince events of sessions that began earlier are not kept any more; null: all
   *     are
   */
  record Profile(String child, @Nullable Instant eventsKeptSince) {}

  private record Row(String key, int seq, String document) {}

  /** Takes a row of the export. */
  @FunctionalInterface
  interface RowWriter {
    void write(String document) throws IOException;
  }

  /** When this returns, it is on record that an admin looks at the child. */
  Profile begin(ChildRequest asked) {
    return children.one(
        asked.viewer(),
        asked.child(),
        asked.line(),
        () ->
            jdbc.sql(PROFILE)
                .param("child", asked.child().value())
                .param("viewer", asked.viewer().id())
                .query(
                    (row, _) ->
                        new Profile(
                            row.getString("child"),
                            keptSince(row.getObject("events_kept_since", OffsetDateTime.class))))
                .optional()
                .orElseThrow(() -> ChildAnswers.notFound(asked.child())));
  }

  private static @Nullable Instant keptSince(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Hands over all rows of a part, and returns how many they were. */
  long read(ChildRequest asked, Part part, RowWriter writer) throws IOException {
    var count = 0L;
    var last = new Row(part.keyBeforeTheFirst, 0, "");
    for (var page = page(asked, part, last); !page.isEmpty(); page = page(asked, part, last)) {
      for (var row : page) {
        writer.write(row.document());
      }
      count += page.size();
      last = page.getLast();
    }
    return count;
  }

  private List<Row> page(ChildRequest asked, Part part, Row last) {
    return children.further(
        asked.viewer(),
        asked.child(),
        () ->
            jdbc.sql(part.statement)
                .param("child", asked.child().value())
                .param("after", last.key())
                .param("after_seq", last.seq())
                .query(Row.class)
                .list());
  }
}
