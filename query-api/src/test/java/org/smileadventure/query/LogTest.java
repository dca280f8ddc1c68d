package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.fixture.MailServer;
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

  @Test
  void logTellsNothingAboutWhoseAccountItIs() {
    try (var mail = new MailServer(0);
        var service =
            ServiceUnderTest.start(
                "--SMILE_MAIL_URL=" + mail.url(), "--SMILE_PUBLIC_URL=https://canary-host")) {
      var email = "canary.mail@example.org";
      var registration =
          """
          {"email": "canary.mail@example.org", "password": "Canary-Pass-7", "first_name": "Canaryfirst",
           "last_name": "Canarylast", "role": "parent", "phone": "0123456789"}
          """;
      var log =
          logOf(
              () -> {
                service.post("/api/v1/auth/register", registration);
                var token = mail.await(email, 1).token();
                for (var wrong :
                    List.of("Canaryfirst", "Canarylast", "canary.mail@example.org", "0123456789")) {
                  for (var nasty : List.of("  ", "\\u0000canary", "canary".repeat(99))) {
                    service
                        .post("/api/v1/auth/register", registration.replace(wrong, nasty))
                        .problem(400);
                  }
                }
                var verify = "{\"token\": \"" + token + "\"}";
                service.post("/api/v1/auth/verify", verify).ok();
                service.post("/api/v1/auth/verify", verify).problem(410);
                service.post("/api/v1/auth/register", registration);
                var forgotten = "{\"email\": \"" + email + "\"}";
                service.post("/api/v1/auth/password/forgotten", forgotten);
                mail.await(email, 3);
                mail.stop();
                service.post("/api/v1/auth/password/forgotten", forgotten);
                await()
                    .until(
                        () ->
                            service
                                    .db()
                                    .sql("SELECT coalesce(max(attempts), 0) FROM outgoing_mail")
                                    .query(Integer.class)
                                    .single()
                                > 1);
                var login =
                    service
                        .post(
                            "/api/v1/auth/token",
                            "{\"email\": \"%s\", \"password\": \"Canary-Pass-7\"}".formatted(email))
                        .ok()
                        .path("access_token")
                        .asString();
                var json = new String[] {"Content-Type", "application/json"};
                service.send("PATCH", "/api/v1/me", login, "{\"bio\": \"Canarybio\"}", json).ok();
                service
                    .send("PATCH", "/api/v1/me", login, "{\"bio\": \"Canary\\u0000\"}", json)
                    .problem(400);
                service
                    .send("PATCH", "/api/v1/me", login, "{\"bio\": {\"Canary\": 1}}", json)
                    .problem(400);
                service
                    .send("DELETE", "/api/v1/me", login, "{\"password\": \"Canary\"}", json)
                    .problem(403);
                service.send(
                    "DELETE", "/api/v1/me", login, "{\"password\": \"Canary-Pass-7\"}", json);
              });
      assertThat(log).contains("mail waits, as the SMTP server does not take it");
      assertThat(log)
          .doesNotContainIgnoringCase("canary", "0123456789", "token=", "{bcrypt}", "eyJ");
    }
  }

  @Test
  void linkToAReportIsInNoLine() {
    try (var service = ServiceUnderTest.startAlone()) {
      var family = service.family("Europe/Rome");
      var json = new String[] {"Content-Type", "application/json"};
      var token = new AtomicReference<>("");
      var log =
          logOf(
              () -> {
                token.set(
                    service
                        .send(
                            "POST",
                            "/api/v1/children/" + family.child() + "/shares",
                            family.token(),
                            "{\"label\": \"Dr. Canary\", \"days\": 7}",
                            json)
                        .json()
                        .path("token")
                        .asString());
                service.get("/api/v1/shared", null, "Smile-Share", token.get()).ok();
                service.get("/api/v1/shared", null, "Smile-Share", token.get() + "x").problem(404);
                service.db().sql("ALTER TABLE share_looks RENAME TO looks").update();
                service.get("/api/v1/shared", null, "Smile-Share", token.get()).problem(500);
              });
      assertThat(token.get()).hasSize(43);
      assertThat(log).contains("a request failed");
      assertThat(log).doesNotContain(token.get(), "Dr. Canary");
    }
  }

  /** Every operation by everybody who may: when all is well, when no row is taken, and in ruins. */
  @Test
  void noOperationLogsATextOfAChild() {
    try (var service = ServiceUnderTest.startAlone()) {
      var operations = Scene.described(service).toList();
      var scenes = new HashMap<String, Scene>();
      var read = new Scene(service, Scene.State.ACTIVE);
      for (var operation : operations) {
        scenes.put(
            operation,
            operation.startsWith("GET ") ? read : new Scene(service, Scene.State.ACTIVE));
      }
      var answered = new TreeSet<String>();
      var failed = new TreeSet<String>();
      var log =
          logOf(
              () -> {
                askAll(scenes, Set.of(), answered, failed);
                assertThat(failed).isEmpty();
                takeNoRow(service);
                askAll(scenes, Set.of("GET"), answered, failed);
                service.db().sql("ALTER VIEW v_child_access RENAME TO v_access").update();
                service.db().sql("ALTER TABLE auth_users RENAME TO users").update();
                askAll(scenes, Set.of(), answered, failed);
              });
      assertThat(answered).containsAll(ofAChild(operations));
      assertThat(failed).containsAll(ofAChild(operations));
      assertThat(log).contains("a request failed", "never", "BadSqlGrammarException");
      assertThat(log)
          .doesNotContainIgnoringCase(Scene.CANARY, "eyJ", "{noop}", "Failing row", "Detail:");
    }
  }

  private static List<String> ofAChild(List<String> operations) {
    return operations.stream().filter(operation -> operation.contains("/children/{id}")).toList();
  }

  /** A row that it has to take makes PostgreSQL tell all of it. */
  private static void takeNoRow(ServiceUnderTest service) {
    service
        .db()
        .sql(
            """
            SELECT format('ALTER TABLE %I ADD CONSTRAINT never CHECK (false) NOT VALID', name) FROM personal_data
            WHERE place = 'table' AND (child IS NOT NULL OR account IS NOT NULL)
            """)
        .query(String.class)
        .list()
        .forEach(statement -> service.db().sql(statement).update());
  }

  private static void askAll(
      Map<String, Scene> scenes, Set<String> butFor, Set<String> answered, Set<String> failed) {
    scenes.forEach(
        (operation, scene) -> {
          if (butFor.contains(operation.substring(0, operation.indexOf(' ')))) {
            return;
          }
          for (var caller :
              List.of(Scene.Caller.PARENT, Scene.Caller.ASSIGNED, Scene.Caller.ADMIN)) {
            var status = scene.call(operation, caller).status();
            if (status < 300) {
              answered.add(operation);
            } else if (status >= 500) {
              failed.add(operation);
            }
          }
        });
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
          // The SMTP server of the test.
          .filter(event -> !event.getLoggerName().startsWith("com.icegreen."))
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
