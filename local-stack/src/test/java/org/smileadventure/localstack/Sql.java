package org.smileadventure.localstack;

import java.sql.DriverManager;
import java.sql.SQLException;

/** One-line statements for tests. */
final class Sql {
  private Sql() {}

  static void execute(String jdbcUrl, String sql) {
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  static String value(String jdbcUrl, String sql) {
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
