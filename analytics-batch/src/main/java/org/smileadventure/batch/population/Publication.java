package org.smileadventure.batch.population;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.smileadventure.batch.population.Replacement.NewCell;
import org.smileadventure.batch.population.Replacement.Rule;
import org.smileadventure.batch.population.Tabulation.FigureCell;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes the cells of tonight, as far as they may take the place of the published ones. Runs in
 * the caller's transaction. The children stay in the database: what comes here is how many there
 * are of each published cell and leaf.
 */
final class Publication {
  private static final String TRANSITIONS = sql("transitions");
  private static final String CELL = sql("cell");
  private static final String LEAVE = sql("leave");
  private static final String ENTER = sql("enter");
  private static final String REMEMBER = sql("remember");

  private final JdbcClient jdbc;
  private final PooledEffects pooledEffects;
  private final long least;

  Publication(JdbcClient jdbc, long least) {
    this.jdbc = jdbc;
    this.pooledEffects = new PooledEffects(jdbc);
    this.least = least;
  }

  private static String sql(String name) {
    return SqlFile.read(Publication.class, name + ".sql");
  }

  /** Returns how many cells were published. */
  int publish(Tabulation tabulation) {
    var topic = tabulation.topic();
    lock(topic);
    stage(tabulation);
    var transitions = transitions(topic);
    var candidates =
        tabulation.division().candidates(childrenOfLeaves(transitions), figures(), least);
    var replacement =
        Replacement.decide(published(topic), candidates, transitions, tabulation.rule(), least);
    if (!replacement.published().isEmpty()) {
      replace(tabulation, replacement);
    }
    jdbc.sql("DROP TABLE tonight").update();
    return replacement.published().size();
  }

  /** One run of a topic at a time: what another one publishes has to be seen. */
  private void lock(String topic) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('population'), hashtext(:topic))")
        .param("topic", topic)
        .query(_ -> {});
  }

  private void stage(Tabulation tabulation) {
    jdbc.sql(tabulation.staging()).param("topic", tabulation.topic()).update();
    jdbc.sql("ANALYZE tonight").update();
  }

  private List<Transition> transitions(String topic) {
    return jdbc.sql(TRANSITIONS)
        .param("topic", topic)
        .query(
            (row, _) ->
                new Transition(
                    row.getObject("cell_id", Long.class),
                    row.getString("leaf"),
                    row.getLong("children"),
                    row.getLong("fresh")))
        .list();
  }

  private static Map<String, Long> childrenOfLeaves(List<Transition> transitions) {
    var children = new TreeMap<String, Long>();
    for (var transition : transitions) {
      if (transition.leaf() != null) {
        children.merge(transition.leaf(), transition.children(), Long::sum);
      }
    }
    return children;
  }

  private List<PublishedCell> published(String topic) {
    return jdbc.sql("SELECT cell_id, leaves FROM population_cell WHERE topic = :topic ORDER BY 1")
        .param("topic", topic)
        .query((row, _) -> new PublishedCell(row.getLong("cell_id"), Set.copyOf(leaves(row))))
        .list();
  }

  private List<FigureCell> figures() {
    return jdbc.sql(
            """
            SELECT leaves, score_sum IS NOT NULL AS playing FROM population_cell
            WHERE topic = 'figures' ORDER BY leaves
            """)
        .query((row, _) -> new FigureCell(leaves(row), row.getBoolean("playing")))
        .list();
  }

  private static List<String> leaves(ResultSet row) throws SQLException {
    Array array = row.getArray("leaves");
    return List.of((String[]) array.getArray());
  }

  private void replace(Tabulation tabulation, Replacement replacement) {
    var replaced = replacement.replaced().stream().mapToLong(Long::longValue).toArray();
    var published =
        replacement.published().stream().mapToLong(cell -> store(tabulation, cell)).toArray();
    for (var statement : List.of(LEAVE, ENTER, tabulation.sums(), REMEMBER)) {
      jdbc.sql(statement)
          .param("topic", tabulation.topic())
          .param("replaced", replaced)
          .param("published", published)
          .param("least", least)
          .update();
    }
    jdbc.sql(
            """
            DELETE FROM population_cell
            WHERE cell_id = ANY (:replaced::bigint[]) AND cell_id <> ALL (:published::bigint[])
            """)
        .param("replaced", replaced)
        .param("published", published)
        .update();
    if (tabulation.equals(Tabulation.TREATMENT)) {
      for (var cell : published) {
        pooledEffects.update(cell);
      }
    }
  }

  /** Returns its id. A cell of the same leaves as before keeps it, and so do the children in it. */
  private long store(Tabulation tabulation, NewCell published) {
    var cell = published.cell();
    return jdbc.sql(CELL)
        .param("cell", published.id())
        .param("topic", tabulation.topic())
        .param("leaves", cell.leaves().toArray(String[]::new))
        .param(
            "scope", tabulation.rule() == Rule.MOVED ? cell.stratum().toArray(String[]::new) : null)
        .param("category", cell.category())
        .param("children", published.children())
        .param("moved", published.moved())
        .query(Long.class)
        .single();
  }
}
