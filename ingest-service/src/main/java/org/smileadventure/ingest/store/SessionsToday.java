package org.smileadventure.ingest.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;

/**
 * How many sessions of a child have begun to arrive today (UTC). It is counted here only, as all
 * events of a child come to one instance; a new start begins at nothing, which is generous to the
 * child and still a bound. Thread-safe.
 */
final class SessionsToday {
  private final int most;
  private final InstantSource clock;
  private final @Nullable SessionsToday before;
  private final Cache<Key, Integer> begun =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofDays(1)).maximumSize(1_000_000).build();

  private record Key(ChildId child, LocalDate day) {}

  SessionsToday(int most, InstantSource clock) {
    this(most, clock, null);
  }

  private SessionsToday(int most, InstantSource clock, @Nullable SessionsToday before) {
    this.most = most;
    this.clock = clock;
    this.before = before;
  }

  /** Counts on from here, and these know nothing of it. */
  SessionsToday trial() {
    return new SessionsToday(most, clock, this);
  }

  private int begun(Key key) {
    return begun.asMap().getOrDefault(key, 0) + (before == null ? 0 : before.begun(key));
  }

  Batch batch() {
    return new Batch();
  }

  /** What one batch begins. */
  final class Batch {
    private final LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    private final Map<ChildId, Integer> sessions = new HashMap<>();

    /** Whether one more session of the child may begin; if so it does. */
    boolean mayBegin(ChildId child) {
      var now = sessions.merge(child, 1, Integer::sum);
      return begun(new Key(child, today)) + now <= most;
    }

    /** To be called when the batch is committed. */
    void committed() {
      sessions.forEach(
          (child, more) -> begun.asMap().merge(new Key(child, today), more, Integer::sum));
    }
  }
}
