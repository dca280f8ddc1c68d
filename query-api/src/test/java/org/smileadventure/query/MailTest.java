package org.smileadventure.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.fixture.MailServer;
import org.smileadventure.localstack.RealServers;
import org.smileadventure.query.fixture.ServiceUnderTest;
import org.smileadventure.query.mail.Outbox;

/** How mail leaves the outbox. */
@RealServers
class MailTest {

  @Test
  void mailWaitsWhileTheServerIsAwayAndIsSentOnceWhenItIsBack() {
    var port = JavaProcess.freePort();
    try (var service = ServiceUnderTest.start("--SMILE_MAIL_URL=smtp://127.0.0.1:" + port)) {
      var address = put(service);
      await().atMost(Duration.ofSeconds(20)).until(() -> attempts(service, address) >= 2);
      await().until(() -> gauge(service, "smile.mail.waiting") == 1);
      assertThat(gauge(service, "smile.mail.oldest.seconds")).isPositive();

      try (var server = new MailServer(port)) {
        var mail = server.await(address, 1);
        assertThat(mail.subject()).isEqualTo("Another password");
        assertThat(mail.id()).matches("<smile-[0-9]+@localhost>");
        await().until(() -> waiting(service) == 0);
        await().until(() -> gauge(service, "smile.mail.waiting") == 0);
        var another = put(service);
        server.await(another, 1);
        assertThat(server.to(address)).hasSize(1);
      }
    }
  }

  @Test
  void instancesShareTheWork() {
    try (var server = new MailServer(0);
        var one = ServiceUnderTest.start("--SMILE_MAIL_URL=" + server.url())) {
      var redis = URI.create(one.context().getEnvironment().getRequiredProperty("SMILE_CACHE_URL"));
      System.setProperty("SMILE_MAIL_URL", server.url());
      try (var other = ServiceUnderTest.start(one.databaseUrl(), redis)) {
        var address = UUID.randomUUID() + "@example.org";
        one.db()
            .sql(
                """
                INSERT INTO outgoing_mail (recipient, subject, body)
                SELECT ?, 'mail ' || n, 'Hello' FROM generate_series(1, 60) AS n
                """)
            .param(address)
            .update();
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting(other) == 0);
        assertThat(server.to(address).stream().map(MailServer.Mail::subject))
            .hasSize(60)
            .doesNotHaveDuplicates();
        assertThat(sent(one)).isPositive();
        assertThat(sent(other)).isPositive();
      } finally {
        System.clearProperty("SMILE_MAIL_URL");
      }
    }
  }

  /** As when an instance was killed after it had taken a mail, and before it could send it. */
  @Test
  void mailThatWasTakenAndNotSentIsSentByAnother() {
    try (var server = new MailServer(0);
        var service = ServiceUnderTest.start("--SMILE_MAIL_URL=" + server.url())) {
      var address = UUID.randomUUID() + "@example.org";
      service
          .db()
          .sql(
              """
              INSERT INTO outgoing_mail (recipient, subject, body, attempts, next_attempt_at)
              VALUES (?, 'Taken', 'Hello', 1, now() + interval '2 seconds')
              """)
          .param(address)
          .update();
      assertThat(server.await(address, 1).subject()).isEqualTo("Taken");
    }
  }

  @Test
  void mailToAnAddressThatIsNoneHoldsNothingUp() {
    try (var server = new MailServer(0);
        var service = ServiceUnderTest.start("--SMILE_MAIL_URL=" + server.url())) {
      service
          .db()
          .sql("INSERT INTO outgoing_mail (recipient, subject, body) VALUES ('a@b@c d', 'x', 'y')")
          .update();
      var address = put(service);
      server.await(address, 1);
      await().until(() -> waiting(service) == 0);
      await()
          .until(
              () ->
                  service
                          .bean("prometheusMeterRegistry", MeterRegistry.class)
                          .get("smile.mail.given.up")
                          .counter()
                          .count()
                      == 1);
    }
  }

  @Test
  void withoutAServerMailWaits() {
    var service = ServiceUnderTest.start();
    var address = put(service);
    var next = "SELECT attempts FROM outgoing_mail WHERE recipient = ?";
    await().until(() -> gauge(service, "smile.mail.waiting") >= 1);
    assertThat(service.db().sql(next).param(address).query(Integer.class).single()).isZero();
  }

  private static String put(ServiceUnderTest service) {
    var address = UUID.randomUUID() + "@example.org";
    service
        .bean("outbox", Outbox.class)
        .put(new Outbox.Addressee(null, null, address, "en"), "password", "https://example.org");
    return address;
  }

  private static int attempts(ServiceUnderTest service, String address) {
    return service
        .db()
        .sql("SELECT attempts FROM outgoing_mail WHERE recipient = ?")
        .param(address)
        .query(Integer.class)
        .single();
  }

  private static long waiting(ServiceUnderTest service) {
    return service.db().sql("SELECT count(*) FROM outgoing_mail").query(Long.class).single();
  }

  private static double sent(ServiceUnderTest service) {
    return service
        .bean("prometheusMeterRegistry", MeterRegistry.class)
        .get("smile.mail.sent")
        .counter()
        .count();
  }

  private static double gauge(ServiceUnderTest service, String name) {
    return service.bean("prometheusMeterRegistry", MeterRegistry.class).get(name).gauge().value();
  }
}
