package org.smileadventure.common.store;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves the days of children who have another time zone than before: a part at a time, each in a
 * transaction of its own, so that ingest never waits for all of a long history. Days are Java's
 * here as everywhere: PostgreSQL has a copy of its own of what the zones are. Thread-safe.
 */
public final class MovedDays {
  private static final String NEXT = SqlFile.read(MovedDays.class, "next-moved.sql");
  private static final Kind SESSIONS = new Kind("sessions");
  private static final Kind ACTIVITIES = new Kind("activities");

  private final JdbcClient jdbc;

  public MovedDays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Kind(String read, String write) {
    Kind(String what) {
      this(
          SqlFile.read(MovedDays.class, "moved-" + what + ".sql"),
          SqlFile.read(MovedDays.class, "move-" + what + ".sql"));
    }
  }

  private record Child(long id, ZoneId zone) {}

  private record Played(String id, OffsetDateTime at, LocalDate dayBefore) {
    LocalDate day(ZoneId zone) {
      return at.atZoneSameInstant(zone).toLocalDate();
    }
  }

  /**
   * Moves up to so many days of one child, and marks their months. In the caller's transaction.
   *
   * @return whether there may be more to do at once
   */
  public boolean moveSome(int most) {
    var child =
        jdbc.sql(NEXT)
            .query((row, _) -> new Child(row.getLong("id"), ZoneId.of(row.getString("timezone"))))
            .optional();
    if (child.isEmpty()) {
      return false;
    }
    if (!move(SESSIONS, child.get(), most) && !move(ACTIVITIES, child.get(), most)) {
      jdbc.sql("DELETE FROM moved_children WHERE child_id = :child")
          .param("child", child.get().id())
          .update();
      jdbc.sql("SELECT invalidate_children(ARRAY[:child::bigint])")
          .param("child", child.get().id())
          .query(_ -> {});
    }
    return true;
  }

  private boolean move(Kind kind, Child child, int most) {
    var part =
        jdbc.sql(kind.read())
            .param("child", child.id())
            .param("most", most)
            .query(
                (row, _) ->
                    new Played(
                        row.getString("id"),
                        row.getObject("at", OffsetDateTime.class),
                        row.getObject("day", LocalDate.class)))
            .list();
    if (part.isEmpty()) {
      return false;
    }
    jdbc.sql(kind.write())
        .param("child", child.id())
        .param("ids", part.stream().map(Played::id).toArray(String[]::new))
        .param("days", texts(part.stream().map(played -> played.day(child.zone()))))
        .param("last_at", part.getLast().at().toString())
        .param("last_id", part.getLast().id())
        .update();
    mark(child, part);
    return true;
  }

  /** Also the months of days that stay: the hours of the day are others. */
  private void mark(Child child, List<Played> part) {
    var days =
        texts(part.stream().flatMap(p -> Stream.of(p.dayBefore(), p.day(child.zone()))).distinct());
    jdbc.sql("SELECT mark_months(array_fill(:child::bigint, ARRAY[:n::int]), :days::date[])")
        .param("child", child.id())
        .param("n", days.length)
        .param("days", days)
        .query(_ -> {});
  }

  private static String[] texts(Stream<LocalDate> days) {
    return days.map(LocalDate::toString).toArray(String[]::new);
  }
}
