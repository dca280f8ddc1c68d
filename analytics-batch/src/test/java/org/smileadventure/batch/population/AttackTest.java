package org.smileadventure.batch.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smileadventure.batch.population.Attacker.Atom;
import org.smileadventure.common.population.AgeBand;
import org.smileadventure.common.population.Cohort;
import org.smileadventure.common.population.CohortAnswer.Told;
import org.smileadventure.common.population.Cohorts;
import org.smileadventure.common.population.Leaf;
import org.smileadventure.common.population.SupportLevel;
import org.smileadventure.localstack.RealServers;

/**
 * Publishes small populations night after night, while children come, go (their account is closed,
 * a consent is taken back, they are restricted) and play, and gives all of it to the attacker. The
 * least cell has few children here, so that the attacker can try out every set of fewer.
 */
@RealServers
@Tag("slow")
class AttackTest {
  private static final Platform PLATFORM = new Platform();
  private static final Tabulation FIGURES = Tabulation.FIGURES;

  static {
    PLATFORM.takesCellsOfAnySize();
  }

  /** A cell as it is on display: when it was published, and of whom. */
  private record Shown(Instant publishedAt, Set<String> leaves, Set<Atom> sum) {
    boolean playing() {
      return leaves.stream().allMatch(leaf -> leaf.endsWith("playing"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void nothingOfFewerChildrenThanTheLeastCanBeDerivedFromAllThatWasEverPublished(int least) {
    int renewals = 0;
    for (int seed = 0; seed < 5; seed++) {
      var town = new Town(least * 100L + seed);
      var attacker = new Attacker();
      var attackerOfScores = new Attacker();
      List<Shown> before = List.of();
      for (int night = 0; night < 15; night++) {
        int published = PLATFORM.publish(FIGURES, least);
        renewals += night > 0 ? published : 0;
        var shown = shown(town, before);
        shown.forEach(cell -> attacker.sees(cell.sum()));
        attacker.sees(shown.stream().flatMap(cell -> cell.sum().stream()).toList());
        if (published > 0) {
          answersOfAllCohorts(shown).forEach(attacker::sees);
        }
        shown.stream()
            .filter(Shown::playing)
            .forEach(cell -> attackerOfScores.sees(scores(cell.sum())));
        assertThat(whoCameOrWent(before, shown).findsFewerThan(least))
            .as("who came or went, seed %d, night %d", seed, night)
            .isEmpty();
        before = shown;
        town.liveOn();
      }
      assertThat(attacker.findsFewerThan(least)).as("seed %d", seed).isEmpty();
      assertThat(attackerOfScores.findsFewerThan(least)).as("scores, seed %d", seed).isEmpty();
    }
    assertThat(renewals).as("cells that were renewed").isGreaterThan(20);
  }

  /** The same attacker, the same towns: each rule that is left out lets it in. */
  @Test
  void withoutComplementarySuppressionAThinCellIsTheTotalLessTheOthers() {
    int broken = 0;
    for (int seed = 0; seed < 6; seed++) {
      var leaves = new Town(300 + seed).leaves().values();
      var attacker = new Attacker();
      leaves.stream().filter(leaf -> leaf.size() >= 3).forEach(attacker::sees);
      attacker.sees(leaves.stream().flatMap(Collection::stream).toList());
      broken += attacker.findsFewerThan(3).isPresent() ? 1 : 0;
    }
    assertThat(broken).as("towns of 6").isPositive();
  }

  @Test
  void publishedAnewEachNightWhoeverChangedIsTheDifference() {
    var town = new Town(301);
    var attacker = new Attacker();
    Optional<Set<Long>> found = Optional.empty();
    for (int night = 0; night < 15 && found.isEmpty(); night++) {
      FIGURES
          .division()
          .candidates(sizes(town.leaves()), List.of(), 3)
          .forEach(cell -> attacker.sees(union(town.leaves(), cell.leaves())));
      found = attacker.findsFewerThan(3);
      town.liveOn();
    }
    assertThat(found).isPresent();
  }

  /**
   * Ten come, the cell is published; they leave and one comes, the cell is published: each time
   * enough has changed since the time before, and the third less the first is that one.
   */
  @Test
  void toCompareWithTheNightBeforeAloneIsNotEnough() {
    var attacker = new Attacker();
    var always = atoms(1, 20);
    var ten = atoms(21, 30);
    attacker.sees(always);
    attacker.sees(both(always, ten));
    attacker.sees(both(always, atoms(31, 31)));
    assertThat(attacker.findsFewerThan(3)).contains(Set.of(31L));
  }

  /** No two of these differ by few, but the sum of the first two less the third is one child. */
  @Test
  void toCompareWithEveryEarlierNightIsNotEnoughEither() {
    var attacker = new Attacker();
    attacker.sees(both(atoms(1, 10), atoms(30, 30)));
    attacker.sees(both(atoms(11, 20), atoms(30, 30)));
    attacker.sees(both(atoms(1, 20), atoms(30, 30)));
    assertThat(attacker.findsFewerThan(3)).contains(Set.of(30L));
  }

  @Test
  void theSameTenThatComeAndGoAreNotPublishedForOneThatComesWithThem() {
    PLATFORM.forgetEverything();
    for (int i = 0; i < 20; i++) {
      playing(50 + i);
    }
    var ten = new ArrayList<Long>();
    for (int i = 0; i < 10; i++) {
      ten.add(playing(80 + i));
    }
    ten.forEach(child -> PLATFORM.setActive(child, false));
    assertThat(PLATFORM.publish(FIGURES, 10)).isOne();
    ten.forEach(child -> PLATFORM.setActive(child, true));
    assertThat(PLATFORM.publish(FIGURES, 10)).isOne();
    ten.forEach(child -> PLATFORM.setActive(child, false));
    playing(99);
    assertThat(PLATFORM.publish(FIGURES, 10)).isZero();
    assertThat(children()).isEqualTo(30);
  }

  @Test
  void oneWhoLeavesIsCountedUntilItIsNotTheOnlyOne() {
    PLATFORM.forgetEverything();
    var children = new ArrayList<Long>();
    for (int i = 0; i < 40; i++) {
      children.add(playing(50 + i));
    }
    PLATFORM.publish(FIGURES, 10);
    PLATFORM.setActive(children.getFirst(), false);
    playAll(children, 1);
    PLATFORM.publish(FIGURES, 10);
    assertThat(children()).as("one has left").isEqualTo(40);
    for (int i = 1; i < 10; i++) {
      PLATFORM.setActive(children.get(i), false);
    }
    PLATFORM.publish(FIGURES, 10);
    assertThat(children()).as("ten have left").isEqualTo(30);
  }

  @Test
  void theDatabaseItselfTakesNoCellBelowTen() {
    assertThat(
            new Platform()
                .count(
                    """
                    SELECT count(*) FROM pg_constraint
                    WHERE conname = 'population_cell_children_check'
                      AND pg_get_constraintdef(oid) = 'CHECK ((children >= 10))'
                    """))
        .isOne();
  }

  /** Who improved, who stopped to: of two successive nights, as for who came and went. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void noTwoNightsTellWhoseScoresTurned(int least) {
    var trend = Tabulation.SCORE_TREND;
    int renewals = 0;
    for (int seed = 0; seed < 4; seed++) {
      var town = new Town(1_000L + least * 100L + seed);
      Map<Long, Set<Long>> before = Map.of();
      for (int night = 0; night < 12; night++) {
        PLATFORM.publish(FIGURES, least);
        renewals += PLATFORM.publish(trend, least);
        var after = members("score_trend");
        var attacker = new Attacker();
        for (var cells : List.of(before, after)) {
          for (var children : cells.values()) {
            attacker.sees(children.stream().map(child -> new Atom(child, "there")).toList());
          }
        }
        assertThat(attacker.findsFewerThan(least)).as("seed %d, night %d", seed, night).isEmpty();
        before = after;
        town.liveOn();
      }
    }
    assertThat(renewals).as("categories that were published").isGreaterThan(20);
  }

  private static long playing(double score) {
    var child = PLATFORM.child(7, 1);
    PLATFORM.summary(child, "90d", Platform.Summary.of(5, score));
    return child;
  }

  private static void playAll(Collection<Long> children, double more) {
    PLATFORM
        .jdbc()
        .sql(
            "UPDATE child_window_summary SET score_mean = score_mean + :more WHERE child_id = ANY (:children)")
        .param("more", more / 16)
        .param("children", children.toArray(Long[]::new))
        .update();
  }

  private static long children() {
    return PLATFORM.count("SELECT sum(children) FROM population_cell WHERE topic = 'figures'");
  }

  private static Set<Atom> atoms(long first, long last) {
    var atoms = new HashSet<Atom>();
    for (long child = first; child <= last; child++) {
      atoms.add(new Atom(child, "always the same"));
    }
    return atoms;
  }

  private static Set<Atom> both(Set<Atom> one, Set<Atom> other) {
    var both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  /** A score that is the same again is the same unknown, whatever else the child did. */
  private static List<Atom> scores(Set<Atom> sum) {
    return sum.stream().map(atom -> new Atom(atom.child(), Town.score(atom))).toList();
  }

  /** What each answer adds up to, and that it says so. */
  private static List<Set<Atom>> answersOfAllCohorts(List<Shown> shown) {
    var cohorts = new Cohorts(PLATFORM.cells(), List.of());
    var answers = new ArrayList<Set<Atom>>();
    for (var ages : subsets(AgeBand.values())) {
      for (var levels : subsets(SupportLevel.values())) {
        if (cohorts.answer(new Cohort("any", ages, levels)) instanceof Told told) {
          var sum =
              shown.stream()
                  .filter(cell -> cell.leaves().stream().allMatch(leaf -> in(leaf, ages, levels)))
                  .filter(Shown::playing)
                  .flatMap(cell -> cell.sum().stream())
                  .collect(Collectors.toSet());
          assertThat(told.playing().children()).isEqualTo(sum.size());
          assertThat(told.measures().score().sum())
              .isEqualTo(sum.stream().mapToDouble(Town::score).sum());
          answers.add(sum);
        }
      }
    }
    return answers;
  }

  private static boolean in(String written, Set<AgeBand> ages, Set<SupportLevel> levels) {
    var leaf = Leaf.parse(written);
    return (ages.isEmpty() || ages.contains(leaf.age()))
        && (levels.isEmpty() || levels.contains(leaf.level()));
  }

  private static <T> List<Set<T>> subsets(T[] values) {
    return IntStream.range(0, 1 << values.length)
        .mapToObj(
            chosen ->
                IntStream.range(0, values.length)
                    .filter(i -> (chosen >> i & 1) == 1)
                    .mapToObj(i -> values[i])
                    .collect(Collectors.toUnmodifiableSet()))
        .toList();
  }

  /** The attacker of two successive nights who asks only who is there. */
  private static Attacker whoCameOrWent(List<Shown> before, List<Shown> after) {
    var attacker = new Attacker();
    for (var nights : List.of(before, after)) {
      for (var cell : nights) {
        attacker.sees(cell.sum().stream().map(atom -> new Atom(atom.child(), "there")).toList());
      }
    }
    return attacker;
  }

  /**
   * What is on display tonight, by what the children added when it was published, and checked
   * against it: the attacker must not be led astray.
   */
  private static List<Shown> shown(Town town, List<Shown> before) {
    var members = members("figures");
    var known = new HashMap<List<Object>, Shown>();
    before.forEach(cell -> known.put(List.of(cell.publishedAt(), cell.leaves()), cell));
    var shown =
        PLATFORM
            .jdbc()
            .sql("SELECT * FROM population_cell WHERE topic = 'figures'")
            .query(
                (row, _) -> {
                  long cellId = row.getLong("cell_id");
                  var publishedAt = row.getTimestamp("published_at").toInstant();
                  var leaves = Set.of((String[]) row.getArray("leaves").getArray());
                  var cell =
                      Optional.ofNullable(known.get(List.<Object>of(publishedAt, leaves)))
                          .orElseGet(
                              () ->
                                  new Shown(
                                      publishedAt,
                                      leaves,
                                      members.getOrDefault(cellId, Set.of()).stream()
                                          .map(town::atom)
                                          .collect(Collectors.toUnmodifiableSet())));
                  assertThat(row.getLong("children")).isEqualTo(cell.sum().size());
                  assertThat(row.getLong("sessions"))
                      .isEqualTo(cell.sum().stream().mapToLong(Town::sessions).sum());
                  if (row.getObject("score_sum") != null) {
                    assertThat(row.getDouble("score_sum"))
                        .isEqualTo(cell.sum().stream().mapToDouble(Town::score).sum());
                  }
                  return cell;
                })
            .list();
    assertThat(shown.stream().mapToLong(cell -> cell.sum().size()).sum())
        .as("each child is on display once")
        .isEqualTo(
            shown.stream()
                .flatMap(cell -> cell.sum().stream())
                .map(Atom::child)
                .distinct()
                .count());
    return shown;
  }

  private static Map<Long, Set<Long>> members(String topic) {
    var members = new TreeMap<Long, Set<Long>>();
    PLATFORM
        .jdbc()
        .sql("SELECT cell_id, child_id FROM population_member WHERE topic = :topic")
        .param("topic", topic)
        .query(
            row -> {
              members
                  .computeIfAbsent(row.getLong("cell_id"), _ -> new HashSet<>())
                  .add(row.getLong("child_id"));
            });
    return members;
  }

  private static Map<String, Long> sizes(Map<String, Set<Atom>> leaves) {
    var sizes = new TreeMap<String, Long>();
    leaves.forEach((leaf, children) -> sizes.put(leaf, (long) children.size()));
    return sizes;
  }

  private static Set<Atom> union(Map<String, Set<Atom>> leaves, Collection<String> some) {
    var union = new HashSet<Atom>();
    some.forEach(leaf -> union.addAll(leaves.getOrDefault(leaf, Set.of())));
    return union;
  }

  /** Some children of a few leaves, and what they do from one night to the next. */
  private static final class Town {
    private static final int[] AGES = {5, 9, 15};
    private static final @Nullable String[] TRENDS = {"improving", "stable", "declining", null};

    private final Random random;
    private final Map<Long, Child> children = new TreeMap<>();

    private record Child(int age, boolean active, int completed, int score) {
      String leaf() {
        return (age <= 6 ? "4-6" : age <= 12 ? "7-12" : "13-18")
            + "/1/"
            + (completed > 0 ? "playing" : "quiet");
      }
    }

    Town(long seed) {
      random = new Random(seed);
      PLATFORM.forgetEverything();
      for (int i = 0; i < 14; i++) {
        comes();
      }
    }

    private void comes() {
      int age = AGES[Math.min(random.nextInt(4), 2)];
      var child = new Child(age, true, random.nextInt(4), random.nextInt(4));
      store(PLATFORM.child(age, 1), child);
    }

    private void store(long id, Child child) {
      children.put(id, child);
      if (child.active()) {
        PLATFORM.comesBack(id);
      } else {
        PLATFORM.leaves(id, Platform.Leaving.any(random));
      }
      PLATFORM.summary(
          id,
          "90d",
          new Platform.Summary(
              child.completed(),
              0,
              child.completed() == 0 ? null : (double) child.score(),
              TRENDS[child.score() % 4],
              List.of()));
    }

    /** Few values, so that much of what was comes again. */
    void liveOn() {
      for (var id : List.copyOf(children.keySet())) {
        var child = Objects.requireNonNull(children.get(id));
        switch (random.nextInt(8)) {
          case 0 ->
              store(id, new Child(child.age(), !child.active(), child.completed(), child.score()));
          case 1, 2, 3 ->
              store(
                  id,
                  new Child(
                      child.age(), child.active(), 1 + random.nextInt(3), random.nextInt(60)));
          case 4 -> {
            if (random.nextInt(4) == 0) {
              store(id, new Child(child.age(), child.active(), 0, 0));
            }
          }
          default -> {}
        }
      }
      if (children.size() < 20 && random.nextInt(2) == 0) {
        comes();
      }
    }

    Atom atom(long id) {
      var child = Objects.requireNonNull(children.get(id));
      return new Atom(id, List.of(child.completed(), child.completed() == 0 ? 0 : child.score()));
    }

    static long sessions(Atom atom) {
      return (Integer) added(atom).get(0);
    }

    static double score(Atom atom) {
      return (Integer) added(atom).get(1);
    }

    private static List<?> added(Atom atom) {
      return (List<?>) atom.added();
    }

    /** Of the active children, as they are tonight. */
    Map<String, Set<Atom>> leaves() {
      var leaves = new TreeMap<String, Set<Atom>>();
      children.forEach(
          (id, child) -> {
            if (child.active()) {
              leaves.computeIfAbsent(child.leaf(), _ -> new HashSet<>()).add(atom(id));
            }
          });
      return leaves;
    }
  }
}
