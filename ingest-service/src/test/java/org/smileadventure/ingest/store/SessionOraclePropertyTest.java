package org.smileadventure.ingest.store;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;
import org.smileadventure.common.fixture.RandomPlay;
import org.smileadventure.common.fixture.SessionOracle;
import org.smileadventure.localstack.RealServers;

/** Each case is made from its seed, which is its name; {@code -Dsmile.seed=…} runs one again. */
@RealServers
class SessionOraclePropertyTest {
  private static final int CASES = 150;
  private static final List<String> ZONES =
      List.of("Europe/Rome", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati");

  private static final Map<ChildId, ZoneId> homes = new LinkedHashMap<>();
  private static FreshStore fresh;
  private static EventStore cramped;

  @BeforeAll
  static void children() {
    fresh = FreshStore.create();
    cramped = fresh.another(30);
    ZONES.forEach(zone -> homes.put(fresh.child(zone), ZoneId.of(zone)));
  }

  @AfterAll
  static void close() {
    fresh.close();
  }

  static LongStream seeds() {
    var chosen = Long.getLong("smile.seed");
    return chosen == null ? new Random().longs(CASES) : LongStream.of(chosen);
  }

  /**
   * Whoever takes a batch, with whatever in memory: the one that took all before, one that has room
   * for little, one that was just started, or any of them.
   */
  private static EventStore instance(int regime, Random random) {
    return switch (regime) {
      case 0 -> fresh.store();
      case 1 -> cramped;
      case 2 -> fresh.another(1_000_000);
      default -> instance(random.nextInt(3), random);
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void howeverEventsArriveTheRowsAreThoseOfTheOracle(long seed) {
    var random = new Random(seed);
    var told = sessions(random);
    var sessions = told.stream().map(SessionEvent::sessionId).distinct().toList();

    var regime = random.nextInt(4);
    var arrived = new HashSet<SessionEvent>();
    for (var batch : deliveries(told, random)) {
      var outcome = FreshStore.store(instance(regime, random), batch);
      assertThat(outcome.refused()).isEmpty();
      arrived.addAll(batch);
      assertThat(fresh.rows().sessions(sessions)).as("seed %d", seed).isEqualTo(oracle(arrived));
    }

    assertThat(arrived).hasSameSizeAs(told);
    assertThat(fresh.rows().events(sessions)).containsExactlyInAnyOrderElementsOf(told);
  }

  private static List<SessionEvent> sessions(Random random) {
    var children = List.copyOf(homes.keySet());
    var told = new ArrayList<SessionEvent>();
    for (int sessions = 1 + random.nextInt(8); sessions > 0; sessions--) {
      told.addAll(RandomPlay.by(children.get(random.nextInt(children.size())), random));
    }
    return told;
  }

  /** All events at least once: mixed or in order, in batches large or small, some of them again. */
  private static List<List<SessionEvent>> deliveries(List<SessionEvent> told, Random random) {
    var sent = new ArrayList<>(told);
    told.stream().filter(_ -> random.nextInt(8) == 0).forEach(sent::add);
    switch (random.nextInt(3)) {
      case 0 -> Collections.shuffle(sent, random);
      case 1 -> Collections.reverse(sent);
      default -> sent.sort(Comparator.comparing(SessionEvent::occurredAt));
    }
    var largest = List.of(4, 20, 1_000).get(random.nextInt(3));
    var batches = new ArrayList<List<SessionEvent>>();
    for (int from = 0; from < sent.size(); from += batches.getLast().size()) {
      var size = Math.min(1 + random.nextInt(largest), sent.size() - from);
      batches.add(sent.subList(from, from + size));
    }
    batches.add(batches.get(random.nextInt(batches.size())));
    return batches;
  }

  private static Map<SessionId, Map<String, @Nullable Object>> oracle(Set<SessionEvent> arrived) {
    var rows = new HashMap<SessionId, Map<String, @Nullable Object>>();
    arrived.stream()
        .collect(groupingBy(SessionEvent::sessionId))
        .forEach(
            (session, events) ->
                SessionOracle.row(events, home(events)).ifPresent(row -> rows.put(session, row)));
    return rows;
  }

  private static ZoneId home(Collection<SessionEvent> events) {
    return homes.getOrDefault(events.iterator().next().childId(), ZoneId.of("UTC"));
  }
}
