package org.smileadventure.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.SingleItemPeekableItemReader;

/** Gathers sessions that come in the order of their days: an item is all of one child's day. */
final class DayReader implements ItemStreamReader<List<PlayedSession>> {
  private final SingleItemPeekableItemReader<PlayedSession> sessions;

  DayReader(ItemStreamReader<PlayedSession> sessions) {
    this.sessions = new SingleItemPeekableItemReader<>(sessions);
  }

  @Override
  public @Nullable List<PlayedSession> read() throws Exception {
    var first = sessions.read();
    if (first == null) {
      return null;
    }
    var day = new ArrayList<PlayedSession>();
    day.add(first);
    for (var next = sessions.peek();
        next != null && next.isOf(first.child(), first.day());
        next = sessions.peek()) {
      day.add(next);
      sessions.read();
    }
    return day;
  }

  @Override
  public void open(ExecutionContext context) {
    sessions.open(context);
  }

  @Override
  public void update(ExecutionContext context) {
    sessions.update(context);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
