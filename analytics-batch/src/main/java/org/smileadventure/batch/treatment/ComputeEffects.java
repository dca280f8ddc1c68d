package org.smileadventure.batch.treatment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smileadventure.batch.range.ChildBlocks;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.statistic.Estimate;
import org.smileadventure.common.store.ColumnArrays;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Computes what changed with their therapy for these children, and forgets it of the others. */
public final class ComputeEffects implements ItemWriter<ChildId> {
  /** The statement that finds them. */
  public static final String NEXT = sql("next");

  private static final String READ = sql("read");
  private static final String STORE = sql("store");
  private static final int DAYS_EACH_SIDE = 180;

  private final JdbcClient jdbc;
  private final ChildBlocks blocks;

  public ComputeEffects(JdbcClient jdbc, ChildBlocks blocks) {
    this.jdbc = jdbc;
    this.blocks = blocks;
  }

  private static String sql(String name) {
    return SqlFile.read(ComputeEffects.class, name + ".sql");
  }

  private record Row(TreatedChild child, @Nullable Estimate effect) {
    private static final ColumnArrays<Row> COLUMNS =
        new ColumnArrays<Row>()
            .numbers("children", row -> row.child.child().value())
            .column("therapies", row -> row.child.therapy())
            .column("starts", row -> row.child.started())
            .column("effects", row -> row.effect == null ? null : row.effect.value())
            .column("variances", row -> row.effect == null ? null : row.variance(row.effect))
            .column("improved", row -> row.effect == null ? null : row.effect.low() > 0);

    private double variance(Estimate effect) {
      return effect.standardError() * effect.standardError();
    }
  }

  @Override
  public void write(Chunk<? extends ChildId> chunk) {
    var children = blocks.lock(chunk.getItems());
    forgetOthers(ChildBlocks.ids(chunk.getItems()));
    var rows = read(ChildBlocks.ids(children)).stream().map(c -> new Row(c, c.effect())).toList();
    jdbc.sql(STORE).params(Row.COLUMNS.of(rows)).update();
  }

  private void forgetOthers(long... children) {
    jdbc.sql(
            """
            DELETE FROM child_treatment_effect e
            WHERE e.child_id = ANY (:children::bigint[])
              AND NOT EXISTS (SELECT FROM v_treated_child t WHERE t.child_id = e.child_id)
            """)
        .param("children", children)
        .update();
  }

  private List<TreatedChild> read(long... children) {
    var treated = new LinkedHashMap<Long, TreatedChild>();
    jdbc.sql(READ)
        .param("children", children)
        .param("days", DAYS_EACH_SIDE)
        .query(
            row -> {
              var id = row.getLong("child_id");
              var therapy = row.getString("therapy");
              var started = row.getObject("started", LocalDate.class);
              var child =
                  treated.computeIfAbsent(
                      id,
                      _ -> new TreatedChild(new ChildId(id), therapy, started, new ArrayList<>()));
              var score = row.getBigDecimal("score");
              if (score != null) {
                child.scores().add(new TreatedChild.Score(row.getInt("day"), score.doubleValue()));
              }
            });
    return List.copyOf(treated.values());
  }
}
