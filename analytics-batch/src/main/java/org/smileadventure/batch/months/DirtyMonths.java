package org.smileadventure.batch.months;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.ChildMonth;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which months the summaries may be behind on. Who summarises reads the versions first, then folds
 * in a later statement, and then cleans what still has the version that was read.
 */
final class DirtyMonths {
  private static final String READ = SqlFile.read(DirtyMonths.class, "read-dirty.sql");
  private static final String MARK_UNSENT = SqlFile.read(DirtyMonths.class, "mark-unsent.sql");
  private static final String CLEAN = SqlFile.read(DirtyMonths.class, "clean.sql");

  private final JdbcClient jdbc;

  DirtyMonths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A month that is dirty, as of a version. */
  record DirtyMonth(ChildMonth of, long version) {}

  /** Those of these children, from the month of one day to that of another. */
  List<DirtyMonth> read(Collection<? extends ChildId> children, LocalDate first, LocalDate last) {
    return jdbc.sql(READ)
        .param("children", ChildBlocks.ids(children))
        .param("first", first)
        .param("last", last)
        .query(
            (row, _) ->
                new DirtyMonth(
                    new ChildMonth(
                        new ChildId(row.getLong("child_id")),
                        YearMonth.from(row.getObject("month", LocalDate.class))),
                    row.getLong("version")))
        .list();
  }

  /** What has changed is to be sent to the record store, of children of whom anything is. */
  void markUnsent(List<DirtyMonth> dirty) {
    jdbc.sql(MARK_UNSENT)
        .param("children", children(dirty))
        .param("months", months(dirty))
        .update();
  }

  void clean(List<DirtyMonth> dirty) {
    jdbc.sql(CLEAN)
        .param("children", children(dirty))
        .param("months", months(dirty))
        .param("versions", dirty.stream().mapToLong(DirtyMonth::version).toArray())
        .update();
  }

  private static long[] children(List<DirtyMonth> dirty) {
    return dirty.stream().mapToLong(month -> month.of().child().value()).toArray();
  }

  private static String[] months(List<DirtyMonth> dirty) {
    return dirty.stream()
        .map(month -> month.of().month().atDay(1).toString())
        .toArray(String[]::new);
  }
}
