package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;

@RealServers
class LogTest {
  @AutoClose private static final ServiceUnderTest SERVICE = ServiceUnderTest.startAlone();

  @Test
  void logTellsNothingAboutPeople() {
    var family = SERVICE.family("Europe/Rome");
    var email = "who.is.it@example.org";
    var db = SERVICE.db();
    db.sql("UPDATE auth_users SET email = ?, hashed_password = '{noop}sesame' WHERE id = ?")
        .params(email, family.parent())
        .update();
    db.sql("UPDATE children SET name = 'Rumpelstiltskin' WHERE id = ?")
        .param(family.child().value())
        .update();

    var log =
        logOf(
            () -> {
              var credentials = "{\"email\": \"" + email + "\", \"password\": \"sesame\"}";
              SERVICE.post("/api/v1/auth/token", credentials).ok();
              SERVICE
                  .post("/api/v1/auth/token", credentials.replace("sesame", "tahini"))
                  .problem(401);
              SERVICE.post("/api/v1/auth/token", credentials.replace("}", ", ")).problem(400);
              SERVICE
                  .post("/api/v1/auth/token", credentials.replace("who", "who".repeat(99)))
                  .problem(400);
              SERVICE.get(family.sessions(), family.token()).ok();
              SERVICE.get(family.sessions(), family.token() + "x").problem(401);
              SERVICE.get(family.sessions() + "?limit=x", family.token()).problem(400);
              SERVICE.get(family.sessions(), SERVICE.family("UTC").token()).problem(404);
              db.sql("ALTER TABLE auth_users RENAME COLUMN status TO state").update();
              db.sql("ALTER TABLE children RENAME COLUMN timezone TO zone").update();
              db.sql("ALTER VIEW v_child_access RENAME TO v_access").update();
              SERVICE.post("/api/v1/auth/token", credentials).problem(500);
              SERVICE.get(family.analytics("7d"), family.token()).problem(500);
            });

    assertThat(log).contains("a request failed", "BadSqlGrammarException");
    assertThat(log)
        .doesNotContainIgnoringCase(
            email, "who.is.it", "sesame", "tahini", "Rumpelstiltskin", "eyJ", family.token());
  }

  @Test
  void writeThatTheDatabaseRefusesIsLoggedWithoutItsRow() {
    try (var service = ServiceUnderTest.startAlone()) {
      service
          .db()
          .sql("ALTER TABLE auth_users ADD CONSTRAINT never CHECK (last_name <> 'Nobody')")
          .update();
      var log =
          logOf(
              () ->
                  service
                      .post(
                          "/api/v1/auth/register",
                          """
                          {"email": "who.else@example.org", "password": "Brave-Otter-7",
                           "first_name": "Rapunzel", "last_name": "Nobody", "role": "parent"}
                          """)
                      .problem(500));
      assertThat(log).contains("a request failed", "never");
      assertThat(log)
          .doesNotContainIgnoringCase("who.else", "Rapunzel", "{bcrypt}", "Failing row", "Detail:");
    }
  }

  /** Everything that is logged meanwhile, at the level of production, with its traces. */
  private static String logOf(Runnable requests) {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var level = root.getLevel();
    Appender<ILoggingEvent> console = root.getAppender("console");
    var captured = new ListAppender<ILoggingEvent>();
    captured.start();
    root.detachAppender(console);
    root.addAppender(captured);
    root.setLevel(Level.INFO);
    try {
      requests.run();
      return List.copyOf(captured.list).stream()
          .map(LogTest::text)
          .collect(Collectors.joining("\n"));
    } finally {
      root.setLevel(level);
      root.detachAppender(captured);
      root.addAppender(console);
    }
  }

  private static String text(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown));
  }
}
