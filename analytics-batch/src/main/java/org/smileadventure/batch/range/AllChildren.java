package org.smileadventure.batch.range;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All children, in ranges of equally many ids: they are found by the two ends alone. Where there
 * are enough children, a range is of whole {@link ChildBlocks}.
 */
public final class AllChildren extends Ranges {
  private static final String NEXT =
      """
      SELECT id FROM children
      WHERE id > :after AND id <= :last
        AND (:among::bigint[] IS NULL OR id = ANY (:among::bigint[]))
      ORDER BY id LIMIT :most
      """;

  private final JdbcClient jdbc;
  private final long @Nullable [] among;
  private final boolean planned;

  public AllChildren(JdbcClient jdbc) {
    this(jdbc, null, true);
  }

  /**
   * Those of these ids.
   *
   * @param among null: of all
   */
  public AllChildren(JdbcClient jdbc, long @Nullable [] among) {
    this(jdbc, among, true);
  }

  private AllChildren(JdbcClient jdbc, long @Nullable [] among, boolean planned) {
    this.jdbc = jdbc;
    this.among = among;
    this.planned = planned;
  }

  /** For something that is to be done for few of them, nobody knows how many. */
  public static AllChildren unplanned(JdbcClient jdbc) {
    return new AllChildren(jdbc, null, false);
  }

  /** Reads the children of such a range, those of these ids. */
  public static ChildReader reader(JdbcClient jdbc, long @Nullable [] among, int most) {
    return new ChildReader(jdbc, NEXT, new MapSqlParameterSource("among", among).getValues(), most);
  }

  @Override
  List<ExecutionContext> cut(int most) {
    var all =
        jdbc.sql(
                """
                SELECT coalesce(min(id), 1) AS first, coalesce(max(id), 0) AS last FROM children
                WHERE :among::bigint[] IS NULL OR id = ANY (:among::bigint[])
                """)
            .param("among", among)
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
        .map(range -> planned ? range.context(children(range)) : range.context())
        .toList();
  }

  private long children(ChildRange range) {
    return jdbc.sql(
            """
            SELECT count(*) FROM children
            WHERE id BETWEEN :first AND :last
              AND (:among::bigint[] IS NULL OR id = ANY (:among::bigint[]))
            """)
        .param("among", among)
        .param("first", range.first())
        .param("last", range.last())
        .query(Long.class)
        .single();
  }
}
