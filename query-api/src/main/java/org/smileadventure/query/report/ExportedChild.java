package org.smileadventure.query.report;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.answer.ChildAnswers;
import org.smileadventure.query.answer.ChildRequest;
import org.smileadventure.query.answer.OpenedChildren;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
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
  private final ExportedEvents events;

  ExportedChild(OpenedChildren children, JdbcClient jdbc) {
    this.children = children;
    this.jdbc = jdbc;
    this.events = new ExportedEvents(jdbc);
  }

  /** The parts of an export, in their order. Those of the family are for guardians and admins. */
  enum Part {
    GUARDIANS(Key.NUMBER, true),
    ACCOUNT(Key.NUMBER, true),
    INVITATIONS(Key.UUID, true),
    SHARES(Key.UUID, true),
    CONSENTS(Key.NUMBER, true),
    CHANGES(Key.NUMBER, true),
    RECIPIENTS(Key.NUMBER, true),
    DEVICES(Key.UUID, true),
    LOOKS("infinity|" + Long.MAX_VALUE, true),
    PHASES(Key.UUID, false),
    SESSIONS(Key.UUID, false),
    ACTIVITIES(Key.NUMBER, false),
    RATINGS(Key.UUID, false),
    EVENTS(Key.UUID, false),
    REFUSED("", false),
    MONTHS("-infinity", false),
    WINDOWS("", false);

    private final String keyBeforeTheFirst;
    private final boolean ofTheFamily;
    private final String statement;

    Part(String keyBeforeTheFirst, boolean ofTheFamily) {
      this.keyBeforeTheFirst = keyBeforeTheFirst;
      this.ofTheFamily = ofTheFamily;
      this.statement = SqlFile.read(ExportedChild.class, "export-" + wireName() + ".sql");
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static final class Key {
      static final String NUMBER = "0";
      static final String UUID = "00000000-0000-0000-0000-000000000000";
    }
  }

  /**
   * What is kept of the child itself, as JSON.
   *
   * @param eventsKeptSince events of sessions that began earlier are not kept any more; null: all
   *     are
   * @param notes whether the viewer may read what guardians note
   * @param forFamily whether the family's own parts are for the viewer
   */
  record Profile(
      String child, @Nullable Instant eventsKeptSince, boolean notes, boolean forFamily) {

    /** The parts that are for the viewer. */
    List<Part> parts() {
      return Stream.of(Part.values()).filter(part -> forFamily || !part.ofTheFamily).toList();
    }
  }

  /** What a row of the export is told by, and what it says. */
  record Row(String key, int seq, String document) {}

  /** Takes a row of the export. */
  @FunctionalInterface
  interface RowWriter {
    void write(String document) throws IOException;
  }

  /**
   * When this returns, it is on record that somebody else than a guardian looks at the child.
   *
   * @throws ProblemException if the viewer may see the child, and may not take it away
   */
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
                    (row, _) -> {
                      if (!row.getBoolean("may_export")) {
                        throw new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "your assignment to this child is without exports");
                      }
                      return new Profile(
                          row.getString("child"),
                          keptSince(row.getObject("events_kept_since", OffsetDateTime.class)),
                          row.getBoolean("may_read_notes"),
                          row.getBoolean("for_family"));
                    })
                .optional()
                .orElseThrow(() -> ChildAnswers.notFound(asked.child())));
  }

  private static @Nullable Instant keptSince(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Hands over all rows of a part, and returns how many they were. */
  long read(ChildRequest asked, Profile profile, Part part, RowWriter writer) throws IOException {
    var count = 0L;
    var last = new Row(part.keyBeforeTheFirst, 0, "");
    for (var page = page(asked, profile, part, last);
        !page.isEmpty();
        page = page(asked, profile, part, last)) {
      for (var row : page) {
        writer.write(row.document());
      }
      count += page.size();
      last = page.getLast();
    }
    return count;
  }

  private List<Row> page(ChildRequest asked, Profile profile, Part part, Row last) {
    return children.further(
        asked.viewer(),
        asked.child(),
        () ->
            part == Part.EVENTS
                ? events.page(asked.child(), profile.notes(), last)
                : page(asked, profile, part.statement, last));
  }

  private List<Row> page(ChildRequest asked, Profile profile, String statement, Row last) {
    return jdbc.sql(statement)
        .param("child", asked.child().value())
        .param("viewer", asked.viewer().id())
        .param("notes", profile.notes())
        .param("after", last.key())
        .param("after_seq", last.seq())
        .query(new SimplePropertyRowMapper<>(Row.class))
        .list();
  }
}
