package org.smileadventure.query.health;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.cache.AnswerCache;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: healthy; degraded while answers come without the cache; unhealthy, with 503,
 * while there are none because the database is away. For everybody, hence without details.
 */
@RestController
class ServiceHealthEndpoint {
  private static final Duration KEPT_FOR = Duration.ofSeconds(1);

  private final AnswerCache cache;
  private final JdbcConnectionDetails database;
  private final InstantSource clock;
  private @Nullable Health last;

  ServiceHealthEndpoint(AnswerCache cache, JdbcConnectionDetails database, InstantSource clock) {
    this.cache = cache;
    this.database = database;
    this.clock = clock;
  }

  record Health(String status, Part database, Part cache, Instant timestamp) {
    record Part(String status) {}
  }

  @GetMapping("/health")
  ResponseEntity<Health> health() {
    var health = check();
    return ResponseEntity.status(
            health.status().equals("unhealthy") ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
        .cacheControl(CacheControl.noStore())
        .body(health);
  }

  // Kept for a second: whoever asks, however often, costs the servers one connection a second.
  private synchronized Health check() {
    if (last == null
        || Duration.between(last.timestamp(), clock.instant()).compareTo(KEPT_FOR) > 0) {
      var connected = databaseAnswers();
      var cached = cache.isUp();
      last =
          new Health(
              !connected ? "unhealthy" : cached ? "healthy" : "degraded",
              new Health.Part(connected ? "connected" : "disconnected"),
              new Health.Part(cached ? "connected" : "disconnected"),
              // When it was found out: those who had to wait for this do not ask again.
              clock.instant());
    }
    return last;
  }

  // A connection of its own: one of the pool would be waited for up to 20 seconds.
  boolean databaseAnswers() {
    var settings = new Properties();
    if (database.getUsername() != null) {
      settings.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      settings.setProperty("password", database.getPassword());
    }
    // Of two servers the first may be silent, and the second one the primary now.
    settings.setProperty("connectTimeout", "1");
    settings.setProperty("socketTimeout", "2");
    settings.setProperty("loginTimeout", "5");
    try (var connection = DriverManager.getConnection(database.getJdbcUrl(), settings)) {
      return connection.isValid(2);
    } catch (SQLException _) {
      return false;
    }
  }
}
