package org.smileadventure.batch.population;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.metric.Confidence;
import org.smileadventure.common.service.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prints a topic's cells of tonight, as far as they may take the place of those that are printed.
 * Runs in the caller's transaction. The children stay in the database: what comes here is how many
 * there are of each printed cell and leaf.
 */
final class Press {
  private static final String STAGE = SqlFile.read(Press.class, "stage.sql");
  private static final String STAGE_RENEWED = SqlFile.read(Press.class, "stage-renewed.sql");
  private static final String FLOWS = SqlFile.read(Press.class, "flows.sql");
  private static final String LEAVE = SqlFile.read(Press.class, "leave.sql");
  private static final String ENTER = SqlFile.read(Press.class, "enter.sql");
  private static final String PUBLISH = SqlFile.read(Press.class, "publish.sql");
  private static final String REMEMBER = SqlFile.read(Press.class, "remember.sql");

  /** With sessions this many before and after a therapy's start, a child counts. */
  private static final int SESSIONS_EACH_SIDE = 4;

  private final JdbcClient jdbc;
  private final long least;

  Press(JdbcClient jdbc, long least) {
    this.jdbc = jdbc;
    this.least = least;
  }

  /** Returns how many cells were printed. */
  int print(Topic topic) {
    lock();
    stage(topic);
    var flows = flows(topic);
    var printed = printed(topic);
    var renewal =
        Renewal.decide(
            printed,
            topic.drafts(childrenOfLeaves(flows), figures(), least),
            flows,
            topic.rule(),
            least);
    replace(topic, renewal, printed);
    jdbc.sql("DROP TABLE tonight").update();
    return renewal.published().size();
  }

  /** One run at a time: what another one prints has to be seen. */
  private void lock() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('population'))").query(_ -> {});
  }

  private void stage(Topic topic) {
    jdbc.sql(STAGE).update();
    jdbc.sql(topic.sql())
        .param("topic", topic.name())
        .param("sessions", SESSIONS_EACH_SIDE)
        .update();
    jdbc.sql("ANALYZE tonight").update();
  }

  private List<Flow> flows(Topic topic) {
    return jdbc.sql(FLOWS)
        .param("topic", topic.name())
        .query(
            (row, _) ->
                new Flow(
                    row.getObject("cell_id", Long.class),
                    row.getString("leaf"),
                    row.getLong("children"),
                    row.getLong("fresh")))
        .list();
  }

  private static Map<String, Long> childrenOfLeaves(List<Flow> flows) {
    var children = new TreeMap<String, Long>();
    for (var flow : flows) {
      if (flow.leaf() != null) {
        children.merge(flow.leaf(), flow.children(), Long::sum);
      }
    }
    return children;
  }

  private Map<Long, Set<String>> printed(Topic topic) {
    var printed = new TreeMap<Long, Set<String>>();
    jdbc.sql("SELECT cell_id, leaves FROM population_cell WHERE topic = :topic")
        .param("topic", topic.name())
        .query(
            row -> {
              printed.put(row.getLong("cell_id"), Set.copyOf(texts(row, "leaves")));
            });
    return printed;
  }

  private List<Topic.FigureCell> figures() {
    return jdbc.sql(
            """
            SELECT leaves, score_sum IS NOT NULL AS playing FROM population_cell
            WHERE topic = 'figures' ORDER BY leaves
            """)
        .query((row, _) -> new Topic.FigureCell(texts(row, "leaves"), row.getBoolean("playing")))
        .list();
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }

  private void replace(Topic topic, Renewal renewal, Map<Long, Set<String>> printed) {
    if (renewal.published().isEmpty()) {
      return;
    }
    var replaced = renewal.replaced().stream().mapToLong(Long::longValue).toArray();
    jdbc.sql(STAGE_RENEWED).update();
    var cellOfLeaves = new HashMap<Set<String>, Long>();
    renewal.replaced().forEach(cell -> cellOfLeaves.put(printed.get(cell), cell));
    for (var draft : renewal.published()) {
      stageRenewed(
          topic,
          draft,
          cellOfLeaves.get(Set.copyOf(draft.leaves())),
          renewal.moved().contains(draft));
    }
    for (var statement : List.of(LEAVE, ENTER)) {
      jdbc.sql(statement).param("topic", topic.name()).param("replaced", replaced).update();
    }
    for (var statement : List.of(PUBLISH, REMEMBER)) {
      jdbc.sql(statement).param("topic", topic.name()).update();
    }
    jdbc.sql(
            """
            DELETE FROM population_cell
            WHERE cell_id = ANY (:replaced::bigint[]) AND cell_id NOT IN (SELECT cell_id FROM renewed)
            """)
        .param("replaced", replaced)
        .update();
    if (topic instanceof Topic.Treatment) {
      addIntervals();
    }
    jdbc.sql("DROP TABLE renewed").update();
  }

  /** A cell of the same leaves as before keeps its id, and so do the children in it. */
  private void stageRenewed(Topic topic, Draft draft, @Nullable Long cell, boolean moved) {
    jdbc.sql(
            """
            INSERT INTO renewed (cell_id, leaves, scope, category, moved)
            VALUES (coalesce(:cell::bigint, nextval(pg_get_serial_sequence('population_cell', 'cell_id'))),
                    :leaves, :scope, :category, :moved)
            """)
        .param("cell", cell)
        .param("leaves", draft.leaves().toArray(String[]::new))
        .param("scope", scope(topic, draft))
        .param("category", draft.category())
        .param("moved", moved)
        .update();
  }

  private static String @Nullable [] scope(Topic topic, Draft draft) {
    return switch (topic) {
      case Topic.Figures _, Topic.Activities _, Topic.Treatment _ -> null;
      case Topic.ScoreTrend _, Topic.Risk _, Topic.Trait _ -> draft.kin().toArray(String[]::new);
    };
  }

  private record Effect(long cell, long children, double mean, double deviation) {
    double halfInterval() {
      return Confidence.standardErrors(children - 1.0) * deviation / Math.sqrt((double) children);
    }
  }

  private void addIntervals() {
    var effects =
        jdbc.sql(
                """
                SELECT c.cell_id, c.children, c.effect_mean, c.effect_sd
                FROM population_cell c JOIN renewed r USING (cell_id)
                """)
            .query(
                (row, _) ->
                    new Effect(
                        row.getLong("cell_id"),
                        row.getLong("children"),
                        row.getDouble("effect_mean"),
                        row.getDouble("effect_sd")))
            .list();
    for (var effect : effects) {
      double half = effect.halfInterval();
      jdbc.sql(
              "UPDATE population_cell SET effect_low = :low, effect_high = :high WHERE cell_id = :cell")
          .param("low", effect.mean() - half)
          .param("high", effect.mean() + half)
          .param("cell", effect.cell())
          .update();
    }
  }
}
