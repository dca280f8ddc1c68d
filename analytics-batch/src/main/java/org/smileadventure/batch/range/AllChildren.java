package org.smileadventure.batch.range;

import java.util.List;
import java.util.stream.LongStream;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All children, in ranges of equally many ids: they are found by the two ends alone. Where there
 * are enough children, a range is of whole {@link ChildBlocks}.
 */
public final class AllChildren extends Ranges {
  private final JdbcClient jdbc;

  public AllChildren(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  List<ExecutionContext> cut(int most) {
    var all =
        jdbc.sql("SELECT coalesce(min(id), 1) AS first, coalesce(max(id), 0) AS last FROM children")
            .query((row, _) -> new ChildRange(row.getLong("first"), row.getLong("last")))
            .single();
    long unit = all.last() - all.first() < (long) most * ChildBlocks.SIZE ? 1 : ChildBlocks.SIZE;
    var start = all.first() / unit * unit;
    var each = Math.max(1, Math.ceilDiv(Math.ceilDiv(all.last() - start + 1, most), unit)) * unit;
    return LongStream.iterate(start, first -> first <= all.last(), first -> first + each)
        .mapToObj(
            first ->
                new ChildRange(
                    Math.max(first, all.first()), Math.min(first + each - 1, all.last())))
        .map(range -> range.context(children(range)))
        .toList();
  }

  private long children(ChildRange range) {
    return jdbc.sql("SELECT count(*) FROM children WHERE id BETWEEN :first AND :last")
        .param("first", range.first())
        .param("last", range.last())
        .query(Long.class)
        .single();
  }
}
