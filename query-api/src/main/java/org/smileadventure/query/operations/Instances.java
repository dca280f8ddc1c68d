package org.smileadventure.query.operations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which instances run, by what each has said of itself lately. */
@Component
class Instances {
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;

  Instances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An instance of a service.
   *
   * @param instance it has another one after a restart
   * @param version of its build; with the commit, after a plus, if the build was told it
   * @param seenAt when it last said that it runs: it does so every 15 seconds
   * @param host what its machine calls itself; null: it does not know
   */
  record Instance(
      String service,
      String instance,
      String version,
      Instant startedAt,
      Instant seenAt,
      @Nullable String host) {}

  /** By service, and the one that runs longest first; a thousand at most. */
  List<Instance> running() {
    return jdbc.sql(
            """
            SELECT service, instance, version, started_at, seen_at, host
            FROM service_instances
            WHERE seen_at > now() - interval '2 minutes'
            ORDER BY service, started_at, instance
            LIMIT :most
            """)
        .param("most", MOST)
        .query(new SimplePropertyRowMapper<>(Instance.class))
        .list();
  }
}
