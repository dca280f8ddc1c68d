package org.smileadventure.query.report;

import java.util.HashMap;
import java.util.Map;
import org.smileadventure.common.service.ProblemException;
import org.smileadventure.query.answer.Viewer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Bounds how many exports run at once on this instance: in all, and for one account. */
@Component
class ExportSlots {
  static final int MOST = 20;
  static final int MOST_OF_ONE = 2;

  private final Map<Long, Integer> running = new HashMap<>();
  private int total;

  /** To be given back. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws ProblemException if it is not to be had now
   */
  synchronized Slot take(Viewer viewer) {
    if (running.getOrDefault(viewer.id(), 0) >= MOST_OF_ONE) {
      throw busy(
          HttpStatus.TOO_MANY_REQUESTS,
          "%d exports of yours are running; take another when one has ended"
              .formatted(MOST_OF_ONE));
    }
    if (total >= MOST) {
      throw busy(HttpStatus.SERVICE_UNAVAILABLE, "too many exports are running; try again");
    }
    total++;
    running.merge(viewer.id(), 1, Integer::sum);
    return () -> giveBack(viewer);
  }

  private synchronized void giveBack(Viewer viewer) {
    total--;
    running.computeIfPresent(viewer.id(), (_, count) -> count == 1 ? null : count - 1);
  }

  private static ProblemException busy(HttpStatus status, String detail) {
    return new ProblemException(status, detail).retryAfter(30);
  }
}
