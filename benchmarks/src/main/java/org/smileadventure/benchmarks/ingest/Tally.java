package org.smileadventure.benchmarks.ingest;

import java.util.HashSet;
import java.util.Set;
import org.smileadventure.benchmarks.ingest.PlayStream.Delivery;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.Payload;

/** What was delivered, hence what has to be in the database when all of it is stored. */
final class Tally {
  private final Set<ChildId> children = new HashSet<>();
  private long fresh;
  private long redelivered;
  private long spoiled;
  private long started;
  private long ended;

  void count(Delivery delivery) {
    switch (delivery.condition()) {
      case NEW -> {
        children.add(delivery.event().childId());
        fresh++;
        switch (delivery.event().payload()) {
          case Payload.SessionStarted _ -> started++;
          case Payload.SessionEnded _ -> ended++;
          default -> {}
        }
      }
      case REDELIVERED -> {
        children.add(delivery.event().childId());
        redelivered++;
      }
      case CUT_SHORT, OUT_OF_RANGE, UNKNOWN_CHILD -> spoiled++;
    }
  }

  /** Children of whom there was anything that can be stored, or is. */
  int children() {
    return children.size();
  }

  long fresh() {
    return fresh;
  }

  long redelivered() {
    return redelivered;
  }

  long spoiled() {
    return spoiled;
  }

  long started() {
    return started;
  }

  long ended() {
    return ended;
  }
}
