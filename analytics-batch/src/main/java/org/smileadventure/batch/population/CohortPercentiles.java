package org.smileadventure.batch.population;

import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where each child stands among those of its age band and support level. */
final class CohortPercentiles {
  private static final String PERCENTILES =
      SqlFile.read(CohortPercentiles.class, "percentiles.sql");

  private final JdbcClient jdbc;
  private final long least;

  CohortPercentiles(JdbcClient jdbc, long least) {
    this.jdbc = jdbc;
    this.least = least;
  }

  /** Returns how many rows of the window changed. */
  int update(String window) {
    return jdbc.sql(PERCENTILES)
        .param("window", window)
        .param("least", least)
        .query((row, _) -> row.getInt(1))
        .single();
  }
}
