package org.smileadventure.ingest.store;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.DecodedEvent;
import org.smileadventure.common.event.EventType;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.common.event.SessionId;

/** What a batch has of one session of a child. */
final class NewEvents {
  private final SessionId id;
  private final ChildId child;
  private StoredPart stored = StoredPart.NOTHING;
  private boolean refused;
  private List<DecodedEvent> events = new ArrayList<>();
  private List<DecodedEvent> again = List.of();

  NewEvents(SessionId id, ChildId child) {
    this.id = id;
    this.child = child;
  }

  SessionId id() {
    return id;
  }

  ChildId child() {
    return child;
  }

  /** No event of it is stored, as too many others have begun. */
  void refuse() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }

  void isStored(StoredPart part) {
    stored = part;
  }

  StoredPart stored() {
    return stored;
  }

  void add(DecodedEvent decoded) {
    events.add(decoded);
  }

  /** In the order of their sequence, each once: of two with one sequence the first one stays. */
  void dropWhatIsStored() {
    var sorted = new ArrayList<>(events);
    sorted.sort(comparingInt(decoded -> decoded.event().sequence()));
    var fresh = new ArrayList<DecodedEvent>(sorted.size());
    for (var decoded : sorted) {
      var sequence = decoded.event().sequence();
      if (stored.holds(sequence)
          || (!fresh.isEmpty() && fresh.getLast().event().sequence() == sequence)) {
        if (again.isEmpty()) {
          again = new ArrayList<>();
        }
        again.add(decoded);
      } else {
        fresh.add(decoded);
      }
    }
    events = fresh;
  }

  /** Those whose place was taken, in the order of their sequence. */
  List<DecodedEvent> again() {
    return again;
  }

  List<DecodedEvent> events() {
    return events;
  }

  boolean has(EventType type) {
    for (var decoded : events) {
      if (decoded.event().type() == type) {
        return true;
      }
    }
    return false;
  }

  /** The parts of which each has no gap. */
  List<List<DecodedEvent>> runs() {
    var runs = new ArrayList<List<DecodedEvent>>();
    var from = 0;
    for (int to = 1; to <= events.size(); to++) {
      if (to == events.size() || sequence(to) != sequence(to - 1) + 1) {
        runs.add(events.subList(from, to));
        from = to;
      }
    }
    return runs;
  }

  private int sequence(int index) {
    return events.get(index).event().sequence();
  }

  /** The new events and those that were there, in the order of their sequence. */
  List<SessionEvent> after(List<SessionEvent> before) {
    var all = new ArrayList<SessionEvent>(before.size() + events.size());
    all.addAll(before);
    events.forEach(decoded -> all.add(decoded.event()));
    all.sort(comparingInt(SessionEvent::sequence)); // of two sorted parts: a merge
    return all;
  }
}
