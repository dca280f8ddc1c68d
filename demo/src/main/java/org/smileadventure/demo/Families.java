package org.smileadventure.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.event.ChildId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The people of the real sessions: a parent for every few players, and an admin. Of the players
 * nothing is known, so their ages and support levels are made up, for the population's sake.
 */
final class Families {
  static final String PASSWORD = "smile-demo";
  static final String ADMIN = "admin@example.org";
  private static final int CHILDREN_EACH = 5;

  private final JdbcClient jdbc;

  /**
   * One for all, of the least strength: the demo prints the password, and logs in by the hundred.
   */
  private final String passwordHash = "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD);

  Families(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static String parent(int number) {
    return "parent%d@example.org".formatted(number);
  }

  String passwordHash() {
    return passwordHash;
  }

  boolean areThere() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM auth_users WHERE email = :admin)")
        .param("admin", ADMIN)
        .query(Boolean.class)
        .single();
  }

  /** Makes them, and returns which child stands for which player. */
  Map<String, ChildId> make(List<String> players) {
    jdbc.sql(
            """
            INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, is_verified)
            VALUES (:admin, :hash, 'Demo', 'Admin', 'admin', 'active', true)
            """)
        .param("admin", ADMIN)
        .param("hash", passwordHash)
        .update();
    var children = new LinkedHashMap<String, ChildId>();
    jdbc.sql(
            """
            WITH player AS (
              SELECT p.name, p.place, (p.place - 1) / :each + 1 AS family
              FROM unnest(:players::text[]) WITH ORDINALITY AS p (name, place)
            ), parent AS (
              INSERT INTO auth_users (email, hashed_password, first_name, last_name, role, status, is_verified)
              SELECT 'parent' || family || '@example.org', :hash, 'Parent', 'Demo', 'parent', 'active', true
              FROM (SELECT DISTINCT family FROM player) families
              ORDER BY family
              RETURNING id, email
            ), child AS (
              INSERT INTO children (name, age, support_level, parent_id)
              SELECT
                'Child ' || place,
                CASE place % 5 WHEN 0 THEN 5 ELSE 7 + place % 5 END,
                CASE place % 5 WHEN 0 THEN 1 WHEN 1 THEN 3 ELSE 2 END,
                parent.id
              FROM player JOIN parent ON parent.email = 'parent' || player.family || '@example.org'
              ORDER BY place
              RETURNING id, name, parent_id
            ), consent AS (
              INSERT INTO consents (child_id, purpose, granted, given_by, text_version, given_how)
              SELECT child.id, purpose, true, child.parent_id, '1', 'api'
              FROM child CROSS JOIN unnest(ARRAY['play_analytics', 'population_figures']) AS purpose
            )
            SELECT player.name, child.id
            FROM player JOIN child ON child.name = 'Child ' || player.place
            """)
        .param("players", players.toArray(String[]::new))
        .param("each", CHILDREN_EACH)
        .param("hash", passwordHash)
        .query(
            row -> {
              children.put(row.getString("name"), new ChildId(row.getLong("id")));
            });
    return children;
  }

  /** The e-mail address of the parent of this child. */
  String parentOf(ChildId child) {
    return jdbc.sql(
            "SELECT u.email FROM children c JOIN auth_users u ON u.id = c.parent_id WHERE c.id = :child")
        .param("child", child.value())
        .query(String.class)
        .single();
  }

  /** Those of whom this is the parent, in the order of their ids. */
  List<ChildId> children(String parent) {
    return jdbc.sql(
            """
            SELECT c.id FROM children c JOIN auth_users u ON u.id = c.parent_id
            WHERE u.email = :parent ORDER BY c.id
            """)
        .param("parent", parent)
        .query((row, _) -> new ChildId(row.getLong("id")))
        .list();
  }
}
