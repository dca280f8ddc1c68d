package org.smileadventure.batch.reconcile;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.batch.windows.StoredWindows;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what is stored of children against what it is computed from: sessions against their events,
 * months against sessions, windows against months; and fails on the first children of whom anything
 * differs. It changes nothing: what made the difference would stay unknown. Children who are not
 * computed just now are left out: what came of them meanwhile is not computed yet.
 */
final class Reconcile implements ItemWriter<ChildId> {
  private static final Logger log = LoggerFactory.getLogger(Reconcile.class);
  private static final int LISTED = 20;
  private static final LocalDate EVER_AFTER = LocalDate.of(9999, 12, 31);

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final SessionsFromEvents sessions;
  private final MonthSummaries months;
  private final StoredWindows windows;

  Reconcile(JdbcClient jdbc, ChildBlocks blocks, StoredWindows windows) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.sessions = new SessionsFromEvents(jdbc);
    this.months = new MonthSummaries(jdbc);
    this.windows = windows;
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    // A night's run that is at these children just now would look like a difference.
    var children = blocks.lock(settled(chunk.getItems()));
    var differences =
        Stream.of(
                sessions.differences(children),
                months.differences(allDays(children)),
                windows.differences(children))
            .flatMap(List::stream)
            .toList();
    if (!differences.isEmpty()) {
      var listed = differences.stream().limit(LISTED).toList();
      listed.forEach(difference -> log.error("it differs: {}", difference));
      throw new SummaryDiffersException(listed, differences.size());
    }
  }

  /** Those whose days have followed them to their time zone. */
  private List<? extends ChildId> settled(List<? extends ChildId> children) {
    var moving =
        jdbc.sql("SELECT child_id FROM moved_children WHERE child_id = ANY (:children)")
            .param("children", ChildBlocks.ids(children))
            .query((row, _) -> new ChildId(row.getLong("child_id")))
            .set();
    return children.stream().filter(child -> !moving.contains(child)).toList();
  }

  private static List<DayRange> allDays(Collection<? extends ChildId> children) {
    return children.stream().map(child -> new DayRange(child, null, EVER_AFTER)).toList();
  }
}
