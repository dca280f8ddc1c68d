package org.smileadventure.common.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.JsonLeaves;
import org.smileadventure.common.fold.Course;
import org.smileadventure.common.fold.SessionFigures;
import org.smileadventure.common.fold.Status;
import org.smileadventure.common.fold.WindowMoments;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of many triggers and strategies some always stand out. Made-up children, of whom it is known what
 * upsets them and what helps.
 */
class LuckTest {
  private static final LocalDate LAST = LocalDate.of(2026, 5, 20);
  private static final int CHILDREN = Integer.getInteger("smile.children", 300);
  private static final int SESSIONS = 120;
  private static final int TRIGGERS = 8;
  private static final int STRATEGIES = 6;

  /** Of 100 children whose chance is 5 %, so many more may be told wrongly, by luck. */
  private static final double NOISE = 3 * Math.sqrt(0.05 * 0.95 / CHILDREN);

  /**
   * What is true of a child.
   *
   * @param upsetBy how much more often than the others the first trigger upsets
   * @param calmedBy part of its time that the first strategy takes
   */
  private record Truth(double upsetBy, double calmedBy) {}

  private static final Truth NOTHING = new Truth(1, 1);

  /**
   * With some triggers the child is upset for longer, and they are those with which strategies are
   * used more; so a comparison that forgets the triggers goes wrong.
   */
  private static WindowFigures child(Truth truth, Random random) {
    var sessions = new ArrayList<SessionFigures>();
    for (int i = 0; i < SESSIONS; i++) {
      var seen = new TreeMap<String, int[]>();
      var used = new TreeMap<String, Integer>();
      var episodes = new ArrayList<Course.Episode>();
      var moves = 0;
      for (int sighting = 0; sighting < 6; sighting++) {
        var trigger = random.nextInt(TRIGGERS + 3);
        var name = trigger < TRIGGERS ? "trigger " + trigger : null;
        var upset = random.nextDouble() < 0.2 * (trigger == 0 ? truth.upsetBy() : 1);
        if (name != null) {
          var counts = seen.computeIfAbsent(name, _ -> new int[2]);
          counts[0]++;
          counts[1] += upset ? 1 : 0;
        }
        if (upset) {
          moves++;
          var hard = trigger % 2 == 0;
          var strategy = strategy(hard, random);
          var millis =
              -Math.log(1 - random.nextDouble())
                  * (hard ? 60_000 : 30_000)
                  * (strategy == 0 ? truth.calmedBy() : 1);
          var strategies = new TreeSet<String>();
          if (strategy >= 0) {
            strategies.add("strategy " + strategy);
            used.merge("strategy " + strategy, 1, Integer::sum);
          }
          episodes.add(
              new Course.Episode(
                  name, random.nextInt(8) == 0 ? null : Math.round(millis), strategies));
        }
      }
      sessions.add(session(i, course(6, moves, seen, used, episodes)));
    }
    return figures(sessions);
  }

  /** The first as often as all others together; −1: none. */
  private static int strategy(boolean hard, Random random) {
    if (random.nextDouble() > (hard ? 0.7 : 0.3)) {
      return -1;
    }
    return random.nextBoolean() ? 0 : random.nextInt(1, STRATEGIES);
  }

  private static Course course(
      int observations,
      int moves,
      Map<String, int[]> seen,
      Map<String, Integer> used,
      List<Course.Episode> episodes) {
    var triggers = new TreeMap<String, Course.Trigger>();
    seen.forEach((name, n) -> triggers.put(name, new Course.Trigger(n[0], n[1])));
    var strategies = new TreeMap<String, Course.Strategy>();
    used.forEach((name, n) -> strategies.put(name, new Course.Strategy(n, 5 * n, n)));
    return new Course(
        new TreeMap<>(),
        null,
        null,
        new TreeMap<>(),
        observations,
        moves,
        triggers,
        strategies,
        episodes);
  }

  private static SessionFigures session(int ago, Course course) {
    var start = LAST.minusDays(ago).atTime(10, 0).toInstant(ZoneOffset.UTC);
    return new SessionFigures(
        new SessionId(new UUID(start.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE)),
        new ChildId(7),
        start,
        LAST.minusDays(ago),
        10,
        "dental_visit",
        null,
        Status.COMPLETED,
        false,
        true,
        1,
        0,
        0,
        0,
        null,
        null,
        null,
        600,
        600,
        null,
        null,
        null,
        course);
  }

  private static WindowFigures figures(List<SessionFigures> sessions) {
    return WindowFigures.of(moments(sessions), null, LAST);
  }

  private static WindowMoments moments(List<SessionFigures> sessions) {
    return WindowMoments.of(
        List.of(), sessions, List.of(), new WindowMoments.Surroundings(null, null, LAST, null));
  }

  private static List<String> clear(WindowFigures figures) {
    var clear = new ArrayList<String>();
    figures.triggers().items().stream()
        .filter(item -> item.certainty() == Certainty.CLEAR)
        .forEach(item -> clear.add(item.trigger()));
    figures.strategies().items().stream()
        .filter(item -> item.certainty() == Certainty.CLEAR)
        .forEach(item -> clear.add(item.strategy()));
    return clear;
  }

  @Test
  void childrenWhomNothingUpsetsOrHelpsAreToldSo() {
    var random = new Random(18);
    var told = 0;
    for (int i = 0; i < CHILDREN; i++) {
      var figures = child(NOTHING, random);
      assertThat(figures.triggers().lookedAt()).isGreaterThan(TRIGGERS);
      told += clear(figures).isEmpty() ? 0 : 1;
    }
    assertThat((double) told / CHILDREN).isLessThanOrEqualTo(0.05 + NOISE);
  }

  @Test
  void whatUpsetsAndWhatHelpsIsFoundAndLittleElse() {
    var random = new Random(19);
    var found = new HashMap<String, Integer>();
    var clear = 0;
    for (int i = 0; i < CHILDREN; i++) {
      for (var name : clear(child(new Truth(3.5, 0.2), random))) {
        found.merge(name, 1, Integer::sum);
        clear++;
      }
    }
    var upset = found.getOrDefault("trigger 0", 0);
    var helped = found.getOrDefault("strategy 0", 0);
    assertThat((double) upset / CHILDREN).isGreaterThan(0.9);
    assertThat((double) helped / CHILDREN).isGreaterThan(0.8);
    assertThat((double) (clear - upset - helped) / clear).isLessThanOrEqualTo(0.05 + NOISE);
  }

  @Test
  void adviceIsGivenOnlyOfWhatIsTold() {
    var random = new Random(20);
    for (int i = 0; i < CHILDREN / 4; i++) {
      var figures = child(i % 2 == 0 ? NOTHING : new Truth(4, 0.2), random);
      assertThat(advises(figures, Recommendation.Rule.AVOID_TRIGGER))
          .isEqualTo(figures.triggers().upset().isPresent());
      assertThat(advises(figures, Recommendation.Rule.USE_STRATEGY))
          .isEqualTo(figures.strategies().aid().isPresent());
    }
  }

  private static boolean advises(WindowFigures figures, Recommendation.Rule rule) {
    return figures.recommendations().stream().anyMatch(advice -> advice.rule() == rule);
  }

  /** The more and the oftener, the surer; one thing alone has nothing to be held against. */
  @Test
  void degenerateChildrenHaveFiguresToo() {
    allAreNumbers(List.of());
    allAreNumbers(of(20, 0, null, 1_000L, "music"));
    allAreNumbers(of(20, 6, "noise", 1_000L, "music"));
    allAreNumbers(of(20, 6, "noise", null, "music"));
    allAreNumbers(of(20, 6, "noise", 0L, null));
    var constant = new ArrayList<>(of(10, 3, "noise", 40_000L, null));
    constant.addAll(of(10, 3, "noise", 20_000L, "music"));
    assertThat(allAreNumbers(constant).strategies().items().getFirst().certainty())
        .isEqualTo(Certainty.CLEAR);
    var tied = new ArrayList<>(of(10, 3, "noise", 40_000L, null));
    tied.addAll(of(10, 3, "noise", 40_000L, "music"));
    var music = allAreNumbers(tied).strategies().items().getFirst();
    assertThat(music.certainty()).isEqualTo(Certainty.UNCLEAR);
    assertThat(music.calming().p()).isEqualTo(1);
  }

  /** So many of six sightings in each session upset, with the same trigger, and end alike. */
  private static List<SessionFigures> of(
      int sessions,
      int moves,
      @Nullable String trigger,
      @Nullable Long millis,
      @Nullable String by) {
    var strategies = new TreeSet<String>(by == null ? List.of() : List.of(by));
    var course =
        course(
            6,
            moves,
            trigger == null ? Map.of() : Map.of(trigger, new int[] {6, moves}),
            by == null ? Map.of() : Map.of(by, Math.max(moves, 1)),
            IntStream.range(0, moves)
                .mapToObj(_ -> new Course.Episode(trigger, millis, strategies))
                .toList());
    return IntStream.range(0, sessions).mapToObj(i -> session(i, course)).toList();
  }

  private static WindowFigures allAreNumbers(List<SessionFigures> sessions) {
    var figures = figures(sessions);
    JsonLeaves.of(JsonMapper.shared().valueToTree(figures))
        .forEach(
            (path, value) -> {
              if (value instanceof Double number) {
                assertThat(number).as(path).isFinite();
              }
            });
    return figures;
  }
}
