package org.smileadventure.batch.windows;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.metric.Window;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.store.DayRange;
import org.smileadventure.common.store.WindowReader;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Computes the windows that end today of children whose months have changed, or for whom the
 * calendar has. No answer rests on them.
 */
final class ComputeWindows implements ItemWriter<ChildId> {
  private static final String READ = SqlFile.read(ComputeWindows.class, "read-dirty.sql");
  private static final String STORE = SqlFile.read(ComputeWindows.class, "store.sql");
  private static final String CLEAN = SqlFile.read(ComputeWindows.class, "clean.sql");

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;
  private final WindowReader reader;
  private final InstantSource clock;

  ComputeWindows(JdbcClient jdbc, ChildBlocks blocks, InstantSource clock) {
    this.jdbc = jdbc;
    this.blocks = blocks;
    this.reader = new WindowReader(jdbc);
    this.clock = clock;
  }

  private record Dirty(ChildId child, long version, LocalDate today) {}

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var children = blocks.lock(chunk.getItems());
    var now = clock.instant();
    var dirty = read(ChildBlocks.ids(children), now);
    store(compute(dirty), now);
    clean(dirty);
  }

  private List<Dirty> read(long[] children, Instant now) {
    return jdbc.sql(READ)
        .param("children", children)
        .query(
            (row, _) ->
                new Dirty(
                    new ChildId(row.getLong("child_id")),
                    row.getLong("version"),
                    LocalDate.ofInstant(now, ZoneId.of(row.getString("timezone")))))
        .list();
  }

  /** In a later statement than the versions were read in. */
  private List<ChildWindow> compute(List<Dirty> dirty) {
    var asked = new LinkedHashMap<DayRange, Window>();
    for (var child : dirty) {
      for (var window : Window.values()) {
        asked.put(
            new DayRange(child.child(), window.firstDay(child.today()), child.today()), window);
      }
    }
    return ChildWindow.read(reader, asked);
  }

  private void store(List<ChildWindow> windows, Instant now) {
    jdbc.sql(STORE).params(ChildWindow.columns(windows)).param("now", now.toString()).update();
  }

  private void clean(List<Dirty> dirty) {
    jdbc.sql(CLEAN)
        .param("children", ChildBlocks.ids(dirty.stream().map(Dirty::child).toList()))
        .param("versions", dirty.stream().mapToLong(Dirty::version).toArray())
        .update();
  }
}
