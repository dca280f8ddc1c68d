package org.smileadventure.ingest.invalidation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.CacheAwayException;
import org.smileadventure.common.cache.PendingInvalidations;
import org.smileadventure.common.event.ChildId;
import org.springframework.stereotype.Component;

/**
 * Removes what the cache holds about children whose events have been committed. While the cache is
 * away it is noted in the database which children are due, and made up for later.
 */
@Component
public class Invalidation {
  private static final Logger log = LoggerFactory.getLogger(Invalidation.class);

  private final AnswerCache cache;
  private final PendingInvalidations pending;
  private final Counter atOnce;
  private final Counter deferred;

  Invalidation(AnswerCache cache, PendingInvalidations pending, MeterRegistry meters) {
    this.cache = cache;
    this.pending = pending;
    this.atOnce = meters.counter("smile.ingest.invalidated", "when", "at_once");
    this.deferred = meters.counter("smile.ingest.invalidated", "when", "later");
  }

  /**
   * To be called after the commit. Returns when it is done or safely noted.
   *
   * @return whether it is done
   */
  public boolean invalidate(Collection<ChildId> children) {
    try {
      cache.invalidate(children);
      atOnce.increment(children.size());
      return true;
    } catch (CacheAwayException e) {
      log.warn("{} children wait for their invalidation: {}", children.size(), e.getMessage());
      pending.add(children);
      deferred.increment(children.size());
      return false;
    }
  }
}
