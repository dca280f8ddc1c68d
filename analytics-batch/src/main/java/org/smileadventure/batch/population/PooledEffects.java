package org.smileadventure.batch.population;

import org.smileadventure.common.service.SqlFile;
import org.smileadventure.common.statistic.RandomEffects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The effects of a therapy on the children of a cell, taken together. They stay in the database.
 */
final class PooledEffects {
  private static final String SUMS = SqlFile.read(PooledEffects.class, "effect-sums.sql");

  private final JdbcClient jdbc;

  PooledEffects(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void update(long cell) {
    var pooled = RandomEffects.of(tau2 -> sums(cell, tau2));
    jdbc.sql(
            """
            UPDATE population_cell SET
              effect_mean = :mean, effect_sd = :deviation, effect_low = :low, effect_high = :high,
              new_child_low = :new_low, new_child_high = :new_high, heterogeneity = :heterogeneity
            WHERE cell_id = :cell
            """)
        .param("mean", pooled.mean())
        .param("deviation", Math.sqrt(pooled.tau2()))
        .param("low", tau(pooled.low()))
        .param("high", tau(pooled.high()))
        .param("new_low", tau(pooled.predictionLow()))
        .param("new_high", tau(pooled.predictionHigh()))
        .param("heterogeneity", pooled.i2())
        .param("cell", cell)
        .update();
  }

  private static double tau(double value) {
    return Math.clamp(value, -1, 1);
  }

  private RandomEffects.Sums sums(long cell, double tau2) {
    return jdbc.sql(SUMS)
        .param("cell", cell)
        .param("tau2", tau2)
        .query(
            (row, _) ->
                new RandomEffects.Sums(
                    row.getLong("n"),
                    row.getDouble("weight"),
                    row.getDouble("squared_weight"),
                    row.getDouble("effect"),
                    row.getDouble("squared_effect")))
        .single();
  }
}
