package org.smileadventure.query.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.query.health.DatabaseFigures;
import org.smileadventure.query.operations.Promise.Name;
import org.smileadventure.query.operations.Promise.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the four promises are kept, by what the services have noted in the database and by what
 * this instance has measured. It is how things are now: Prometheus tells how they were.
 */
@Component
class Promises {
  private static final String NIGHTS = SqlFile.read(Promises.class, "nights.sql");
  private static final double FRESH_SECONDS = 10;
  private static final double ANSWER_MILLIS = 1_000;
  private static final Duration LAG_IS_KNOWN_FOR = Duration.ofSeconds(30);
  private static final Duration QUARANTINE_IS_KNOWN_FOR = Duration.ofMinutes(5);

  /** So long a record may be in the quarantine before somebody has looked at it. */
  private static final Duration LONGEST_UNSEEN = Duration.ofDays(1);

  /** So late a night may begin, as instances look for one that is due every few seconds. */
  private static final Duration LATE_BEGIN = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final DatabaseFigures figures;
  private final StoredData data;
  private final RequestTimes times;
  private final InstantSource clock;

  Promises(
      JdbcClient jdbc,
      DatabaseFigures figures,
      StoredData data,
      RequestTimes times,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.figures = figures;
    this.data = data;
    this.times = times;
    this.clock = clock;
  }

  /** Each of them, in the order of their names. */
  List<Promise> all() {
    var now = clock.instant();
    return List.of(freshness(now), latency(times), night(now), nothingLost(now));
  }

  /** An event is in the answers ten seconds after Kafka took it. */
  private Promise freshness(Instant now) {
    var lag = figures.lag();
    var known =
        lag.stream()
            .filter(group -> group.measuredAt().plus(LAG_IS_KNOWN_FOR).isAfter(now))
            .toList();
    if (known.isEmpty()) {
      return unknown(
          Name.FRESHNESS,
          lag.stream()
              .map(DatabaseFigures.Lag::measuredAt)
              .max(Comparator.naturalOrder())
              .map(last -> "How far ingest is behind was last measured at " + at(last) + ".")
              .orElse("How far ingest is behind was never measured."),
          FRESH_SECONDS,
          "s");
    }
    var seconds = 0.0;
    for (var group : known) {
      var behind = group.seconds();
      if (behind == null) {
        return unknown(
            Name.FRESHNESS, "Kafka does not tell how far ingest is behind.", FRESH_SECONDS, "s");
      }
      seconds = Math.max(seconds, behind);
    }
    var events = known.stream().mapToLong(DatabaseFigures.Lag::events).sum();
    return new Promise(
        Name.FRESHNESS,
        State.of(seconds, FRESH_SECONDS),
        String.format(
            Locale.ROOT,
            "Ingest is %.1f s behind, with %d events to come; 10 s are promised.",
            seconds,
            events),
        null,
        seconds,
        FRESH_SECONDS,
        "s");
  }

  /** Of a hundred answers 99 take a second at most. */
  static Promise latency(RequestTimes times) {
    var slowest = times.slowest();
    if (slowest.isEmpty()) {
      return unknown(
          Name.LATENCY,
          "This instance has answered nothing in the last five minutes.",
          ANSWER_MILLIS,
          "ms");
    }
    var millis = slowest.getAsDouble();
    return new Promise(
        Name.LATENCY,
        State.of(millis, ANSWER_MILLIS),
        String.format(
            Locale.ROOT,
            "This instance, which does not know of the others, gave 99 of 100 answers within"
                + " %.0f ms in the last five minutes; 1,000 ms are promised.",
            millis),
        null,
        millis,
        ANSWER_MILLIS,
        "ms");
  }

  private record Night(
      Instant planned, Instant promised, @Nullable Instant begun, @Nullable Instant ended) {}

  /** What has changed in a day is summarised in the night. */
  private Promise night(Instant now) {
    var nights = nights();
    var open = nights.stream().filter(night -> night.ended() == null).findFirst().orElse(null);
    var last = nights.stream().filter(night -> night.ended() != null).findFirst().orElse(null);
    if (open != null && !open.planned().isAfter(now)) {
      return openNight(open, last, now);
    }
    if (last == null || last.ended() == null) {
      return open == null
          ? unknown(Name.NIGHT, "No night is planned, and none was done.", 0.0, "s")
          : unknown(
              Name.NIGHT,
              "The first night is due at "
                  + at(open.planned())
                  + ", and promised for "
                  + at(open.promised())
                  + ".",
              0.0,
              "s");
    }
    var late = seconds(last.promised(), last.ended());
    if (open == null && last.ended().plus(Duration.ofHours(36)).isBefore(now)) {
      return unknown(
          Name.NIGHT,
          "No night is planned; the last one ended at " + at(last.ended()) + ".",
          0.0,
          "s");
    }
    return late > 0
        ? night(
            State.BROKEN,
            "The last night ended at "
                + at(last.ended())
                + ", and was promised for "
                + at(last.promised())
                + ".",
            last.promised(),
            late)
        : night(
            State.KEPT,
            "The last night ended at "
                + at(last.ended())
                + ", before it was promised"
                + (open == null ? "." : "; the next one is due at " + at(open.planned()) + "."),
            null,
            0);
  }

  private static Promise openNight(Night open, @Nullable Night last, Instant now) {
    var late = seconds(open.promised(), now);
    if (late > 0) {
      return night(
          State.BROKEN,
          "The night that was due at "
              + at(open.planned())
              + " was promised for "
              + at(open.promised())
              + ", and is not done.",
          open.promised(),
          late);
    }
    if (open.begun() == null) {
      var waits = open.planned().plus(LATE_BEGIN).isBefore(now);
      return night(
          waits ? State.AT_RISK : State.KEPT,
          "The night has been due since "
              + at(open.planned())
              + " and has not begun; it is promised for "
              + at(open.promised())
              + ".",
          waits ? open.planned() : null,
          0);
    }
    var took =
        last == null || last.begun() == null || last.ended() == null
            ? Duration.ZERO
            : Duration.between(last.begun(), last.ended());
    var willBeLate = open.begun().plus(took).isAfter(open.promised());
    return night(
        willBeLate ? State.AT_RISK : State.KEPT,
        "The night has been running since "
            + at(open.begun())
            + " and is promised for "
            + at(open.promised())
            + (willBeLate ? "; if it takes as long as the last one it is late." : "."),
        willBeLate ? open.begun() : null,
        0);
  }

  /** At most one that is open and one that was done. */
  private List<Night> nights() {
    return jdbc.sql(NIGHTS)
        .query(
            (row, _) ->
                new Night(
                    Objects.requireNonNull(instant(row, "planned_at")),
                    Objects.requireNonNull(instant(row, "promised_at")),
                    instant(row, "begun_at"),
                    instant(row, "ended_at")))
        .list();
  }

  /**
   * The promise of the nights.
   *
   * @param late seconds after the time that was promised
   */
  private static Promise night(State state, String said, @Nullable Instant since, double late) {
    return new Promise(Name.NIGHT, state, said, since, late, 0.0, "s");
  }

  private record Unseen(long records, @Nullable Instant oldest, @Nullable Instant measured) {}

  /** Nothing is in the quarantine for a day that nobody has looked at, and no summary differs. */
  private Promise nothingLost(Instant now) {
    var reconcile = data.reconcile();
    var unseen = unseen(now);
    var records = unseen.map(found -> (double) found.records()).orElse(null);
    if (reconcile != null && reconcile.differences() > 0) {
      return new Promise(
          Name.NOTHING_LOST,
          State.BROKEN,
          reconcile.differences()
              + " rows differ from what they are computed from, as execution "
              + reconcile.executionId()
              + " found at "
              + at(reconcile.endedAt())
              + ".",
          reconcile.endedAt(),
          records,
          null,
          "records");
    }
    if (unseen.isEmpty()) {
      return unknown(
          Name.NOTHING_LOST, "How much is in the quarantine is not known.", null, "records");
    }
    var oldest = unseen.get().oldest();
    var waiting = oldest == null ? 0 : seconds(oldest, now);
    var state =
        unseen.get().records() == 0
            ? State.KEPT
            : State.of(waiting, (double) LONGEST_UNSEEN.toSeconds());
    return new Promise(
        Name.NOTHING_LOST,
        state,
        unseen.get().records() == 0
            ? "Nothing is in the quarantine that nobody has looked at, and no row differs."
            : unseen.get().records()
                + " records are in the quarantine that nobody has looked at"
                + (oldest == null ? "." : ", the oldest since " + at(oldest) + "."),
        state == State.KEPT || oldest == null
            ? null
            : state == State.BROKEN ? oldest.plus(LONGEST_UNSEEN) : oldest,
        records,
        null,
        "records");
  }

  /** As ingest measured it last; empty if that is too long ago. */
  private Optional<Unseen> unseen(Instant now) {
    return jdbc.sql(
            """
            SELECT unseen, oldest_unseen_at, measured_at
            FROM quarantine_seen
            WHERE unseen IS NOT NULL AND measured_at IS NOT NULL
            ORDER BY measured_at DESC
            LIMIT 1
            """)
        .query(
            (row, _) ->
                new Unseen(
                    row.getLong("unseen"),
                    instant(row, "oldest_unseen_at"),
                    instant(row, "measured_at")))
        .optional()
        .filter(
            found ->
                found.measured() != null
                    && found.measured().plus(QUARANTINE_IS_KNOWN_FOR).isAfter(now));
  }

  private static Promise unknown(Name promise, String said, @Nullable Double bound, String unit) {
    return new Promise(promise, State.UNKNOWN, said, null, null, bound, unit);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  private static Instant at(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
