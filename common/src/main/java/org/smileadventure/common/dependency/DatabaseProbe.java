package org.smileadventure.common.dependency;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Asks PostgreSQL by a connection of its own: one of the pool may be waited for for 20 seconds. */
public final class DatabaseProbe {
  private static final int PATIENCE_SECONDS = 2;

  private final JdbcConnectionDetails database;

  DatabaseProbe(JdbcConnectionDetails database) {
    this.database = database;
  }

  /** Whether PostgreSQL lets the service in and answers, within a few seconds. */
  public boolean answers() {
    var settings = new Properties();
    if (database.getUsername() != null) {
      settings.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      settings.setProperty("password", database.getPassword());
    }
    // Of two servers the first may be silent, and the second one the primary now.
    settings.setProperty("connectTimeout", "1");
    settings.setProperty("socketTimeout", Integer.toString(PATIENCE_SECONDS));
    settings.setProperty("loginTimeout", "5");
    try (var connection = DriverManager.getConnection(database.getJdbcUrl(), settings)) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException _) {
      return false;
    }
  }
}
