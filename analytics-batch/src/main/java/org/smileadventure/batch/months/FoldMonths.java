package org.smileadventure.batch.months;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.months.DirtyMonths.DirtyMonth;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.MonthSummaries;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Folds months of children: those that are dirty, or all of them, dirty or not; and has the
 * children's windows computed. The rule for dirty months is the same for both. Those of a child who
 * is not computed just now stay dirty, and become so if they are to be folded whether or not.
 *
 * <p>A writer waits at most for the end of a chunk, and only if it marks a month that this chunk
 * has just cleaned.
 */
final class FoldMonths implements ItemWriter<ChildId> {
  private static final String MARK_WINDOWS = SqlFile.read(FoldMonths.class, "mark-windows.sql");

  private static final String MARK_LEFT_OUT = SqlFile.read(FoldMonths.class, "mark-left-out.sql");

  /** Before and after all months that a child can have. */
  private static final LocalDate EVER_BEFORE = LocalDate.of(1, 1, 1);

  private static final LocalDate EVER_AFTER = LocalDate.of(9999, 12, 31);

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final DirtyMonths log;
  private final MonthSummaries months;
  private final boolean dirtyOnly;
  private final LocalDate first;
  private final LocalDate last;

  private FoldMonths(
      JdbcClient jdbc, ChildBlocks blocks, boolean dirtyOnly, LocalDate first, LocalDate last) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.log = new DirtyMonths(jdbc);
    this.months = new MonthSummaries(jdbc);
    this.dirtyOnly = dirtyOnly;
    this.first = first;
    this.last = last;
  }

  static FoldMonths thatAreDirty(JdbcClient jdbc, ChildBlocks blocks) {
    return new FoldMonths(jdbc, blocks, true, EVER_BEFORE, EVER_AFTER);
  }

  /**
   * All of them from the month of one day to that of another.
   *
   * @param from null: from the first
   * @param to null: to the last
   */
  static FoldMonths all(
      JdbcClient jdbc, ChildBlocks blocks, @Nullable LocalDate from, @Nullable LocalDate to) {
    return new FoldMonths(
        jdbc,
        blocks,
        false,
        from == null ? EVER_BEFORE : from.withDayOfMonth(1),
        to == null ? EVER_AFTER : to.withDayOfMonth(to.lengthOfMonth()));
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var children = blocks.lock(chunk.getItems());
    if (!dirtyOnly) {
      markLeftOut(chunk.getItems(), children);
    }
    var dirty = log.read(children, first, last);
    months.fold(dirtyOnly ? daysOf(dirty) : allDaysOf(children));
    jdbc.sql(MARK_WINDOWS).param("children", ChildBlocks.ids(children)).update();
    log.markUnsent(dirty);
    log.clean(dirty);
  }

  /** What is not to be folded now stays due. */
  private void markLeftOut(List<? extends ChildId> asked, List<ChildId> computed) {
    var leftOut = asked.stream().filter(child -> !computed.contains(child)).toList();
    if (!leftOut.isEmpty()) {
      jdbc.sql(MARK_LEFT_OUT)
          .param("children", ChildBlocks.ids(leftOut))
          .param("first", first)
          .param("last", last)
          .update();
    }
  }

  private static List<DayRange> daysOf(List<DirtyMonth> dirty) {
    return dirty.stream().map(month -> month.of().days()).toList();
  }

  private List<DayRange> allDaysOf(Collection<? extends ChildId> children) {
    return children.stream().map(child -> new DayRange(child, first, last)).toList();
  }
}
