package org.smileadventure.query.answer;

import java.util.List;
import org.smileadventure.common.cache.AnswerCache;
import org.smileadventure.common.cache.CacheAwayException;
import org.smileadventure.common.event.ChildId;
import org.springframework.stereotype.Component;

/** Has cached answers go after a write, so that who wrote sees it at once. */
@Component
public class StaleAnswers {
  private final AnswerCache cache;

  StaleAnswers(AnswerCache cache) {
    this.cache = cache;
  }

  /** What is cached about the child goes, now or as soon as the cache is back. */
  public void forget(ChildId child) {
    try {
      cache.invalidate(List.of(child));
    } catch (CacheAwayException _) {
      // It is noted as due with what was written.
    }
  }
}
