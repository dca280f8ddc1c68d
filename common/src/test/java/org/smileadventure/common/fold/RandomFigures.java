package org.smileadventure.common.fold;

import com.fasterxml.uuid.Generators;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;

/** Sessions and activities of a child over some months, ordinary and extreme ones. */
final class RandomFigures {
  static final ChildId CHILD = new ChildId(7);
  private static final ZoneId ZONE = ZoneId.of("America/Havana");
  private static final List<String> STATES = List.of("calm", "anxious", "overwhelmed", "happy");
  private static final Instant START = Instant.parse("2025-10-25T00:00:00Z");
  private static final int DAYS = 100;
  private static final List<Status> STATUSES = List.of(Status.values());

  private final Random random;

  RandomFigures(Random random) {
    this.random = random;
  }

  List<SessionFigures> sessions(int n) {
    return IntStream.range(0, n).mapToObj(_ -> session()).toList();
  }

  List<ActivityFigures> activities(int n) {
    return IntStream.range(0, n).mapToObj(_ -> activity()).toList();
  }

  private Instant moment() {
    // Some at the same moment.
    return START.plusSeconds(random.nextInt(DAYS * 24) * 3_600L);
  }

  private SessionFigures session() {
    var start = moment();
    var local = start.atZone(ZONE);
    var status = STATUSES.get(random.nextInt(STATUSES.size()));
    var ended = status != Status.IN_PROGRESS;
    var startIsMissing = random.nextInt(10) == 0;
    var type = random.nextBoolean() ? "dental_visit" : "daily_routine";
    var scenario = "scenario " + random.nextInt(3);
    var supported = random.nextBoolean();
    return new SessionFigures(
        new SessionId(Generators.timeBasedEpochGenerator(random).construct(start.toEpochMilli())),
        CHILD,
        start,
        local.toLocalDate(),
        local.getHour(),
        startIsMissing ? null : type,
        startIsMissing ? null : scenario,
        status,
        random.nextInt(5) == 0,
        startIsMissing ? null : supported,
        random.nextInt(50),
        random.nextInt(5),
        random.nextInt(4),
        random.nextInt(3),
        ended ? orNone(random.nextInt(20) == 0 ? Integer.MAX_VALUE : random.nextInt(100)) : null,
        ended ? orNone(random.nextInt(10_001)) : null,
        ended ? orNone(random.nextInt(10_001)) : null,
        ended ? random.nextInt(3_000) : null,
        ended ? random.nextInt(3_000) : null,
        ended ? orNone(random.nextInt(500)) : null,
        ended && random.nextBoolean() ? random.nextLong(1_000_000_000_000L) : null,
        orNone(1 + random.nextInt(5)),
        ended ? course() : null);
  }

  private @Nullable Integer orNone(int value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private Course course() {
    var micros = new TreeMap<String, Long>();
    STATES.forEach(
        state -> {
          if (random.nextBoolean()) {
            micros.put(state, random.nextLong(1_000_000_000L));
          }
        });
    var transitions = new TreeMap<String, Long>();
    if (micros.size() > 1) {
      transitions.put(micros.firstKey() + ">" + micros.lastKey(), 1L + random.nextInt(3));
    }
    var triggers = new TreeMap<String, Course.Trigger>();
    var strategies = new TreeMap<String, Course.Strategy>();
    if (random.nextBoolean()) {
      triggers.put("noise \"\\\n", new Course.Trigger(3, random.nextInt(4)));
      strategies.put("breathing \ud83d\ude2e", new Course.Strategy(2, 2 + random.nextInt(9), 1));
    }
    var episodes = new ArrayList<Course.Episode>();
    for (int i = random.nextInt(3); i > 0; i--) {
      episodes.add(
          new Course.Episode(
              List.of(Optional.of("noise"), Optional.of(""), Optional.<String>empty())
                  .get(random.nextInt(3))
                  .orElse(null),
              // The longest are longer than anybody plays.
              random.nextInt(4) == 0 ? null : random.nextLong(3_000_000_000_000L),
              new TreeSet<>(List.of("breathing", "music").subList(0, random.nextInt(3)))));
    }
    return new Course(
        micros,
        micros.isEmpty() ? null : micros.firstKey(),
        micros.isEmpty() ? null : micros.lastKey(),
        transitions,
        random.nextInt(9),
        random.nextInt(3),
        triggers,
        strategies,
        episodes);
  }

  private ActivityFigures activity() {
    return new ActivityFigures(
        CHILD,
        moment().atZone(ZONE).toLocalDate(),
        random.nextBoolean() ? "dental_care" : "exercise",
        random.nextInt(101),
        random.nextBoolean(),
        random.nextBoolean() ? STATES.get(random.nextInt(STATES.size())) : null,
        random.nextBoolean() ? STATES.get(random.nextInt(STATES.size())) : null,
        orNone(1 + random.nextInt(10)),
        orNone(1 + random.nextInt(10)));
  }
}
