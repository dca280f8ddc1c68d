package org.smileadventure.query.mail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smileadventure.common.service.SqlFile;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox, on a thread of its own, as an SMTP server may take its time. A mail
 * is taken for some minutes, sent, and then deleted: several instances share the work, and one that
 * is killed leaves its mail to the others. None is lost. Who is killed after the server has
 * accepted a mail and before it is deleted has it sent twice, under the same Message-ID.
 */
@Component
class Postman implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Postman.class);

  private static final String TAKE = SqlFile.read(Postman.class, "take-mail.sql");

  private final JdbcClient jdbc;
  private final @Nullable Smtp smtp;
  private final Counter sent;
  private final Counter givenUp;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("postman").daemon().factory());
  private volatile double waiting;
  private volatile double oldestSeconds;
  private boolean isAway;

  Postman(JdbcClient jdbc, MailProperties properties, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.smtp =
        properties.url().isBlank()
            ? null
            : new Smtp(URI.create(properties.url()), properties.from());
    this.sent = meters.counter("smile.mail.sent");
    this.givenUp = meters.counter("smile.mail.given.up");
    meters.gauge("smile.mail.waiting", this, postman -> postman.waiting);
    meters.gauge("smile.mail.oldest.seconds", this, postman -> postman.oldestSeconds);
  }

  private record Mail(
      long id, String recipient, String subject, String body, int attempts, boolean isOld) {}

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    if (smtp == null) {
      log.warn("SMILE_MAIL_URL is not set: mail waits in the database until it is");
    }
    var _ = thread.scheduleWithFixedDelay(this::round, 0, 1, TimeUnit.SECONDS);
  }

  private void round() {
    try {
      if (smtp != null) {
        while (sendNext(smtp)) {
          // There may be more.
        }
      }
      count();
    } catch (RuntimeException e) {
      // Whatever it was: a thread that has ended sends nothing any more.
      log.warn("mail waits: {}", NestedExceptionUtils.getMostSpecificCause(e).getClass().getName());
    }
  }

  /** Whether there was one, and the server is there. */
  private boolean sendNext(Smtp server) {
    var next = take();
    if (next.isEmpty()) {
      return false;
    }
    var mail = next.get();
    var result = server.send(mail.id(), mail.recipient(), mail.subject(), mail.body());
    switch (result.outcome()) {
      case ACCEPTED -> {
        delete(mail);
        sent.increment();
        if (isAway) {
          log.info("mail is sent again");
        }
        isAway = false;
      }
      case REFUSED -> giveUp(mail, result);
      case FAILED -> {
        if (mail.isOld()) {
          giveUp(mail, result);
        } else {
          retryLater(mail);
        }
        if (!isAway) {
          log.warn("mail waits, as the SMTP server does not take it: {}", result.cause());
        }
        isAway = true;
        return false;
      }
    }
    return true;
  }

  private Optional<Mail> take() {
    return jdbc.sql(TAKE).query(Mail.class).optional();
  }

  private void giveUp(Mail mail, Smtp.Result result) {
    delete(mail);
    givenUp.increment();
    log.warn(
        "mail {} is given up after {} attempts: {}", mail.id(), mail.attempts(), result.cause());
  }

  private void delete(Mail mail) {
    jdbc.sql("DELETE FROM outgoing_mail WHERE id = :id").param("id", mail.id()).update();
  }

  /** After 2, 4, 8 … seconds, and at last each hour. */
  private void retryLater(Mail mail) {
    jdbc.sql(
            """
            UPDATE outgoing_mail
            SET next_attempt_at = now() + least(interval '1 hour', interval '1 second' * 2 ^ least(attempts, 12))
            WHERE id = :id
            """)
        .param("id", mail.id())
        .update();
  }

  private record Waiting(long mails, double oldestSeconds) {}

  private void count() {
    jdbc.sql(
            """
            SELECT count(*) AS mails,
                   coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS oldest_seconds
            FROM outgoing_mail
            """)
        .query(Waiting.class)
        .optional()
        .ifPresent(
            counted -> {
              waiting = counted.mails();
              oldestSeconds = counted.oldestSeconds();
            });
  }

  @Override
  public void destroy() {
    thread.shutdown();
    try {
      // What is being sent is deleted when it was.
      if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
        log.warn("the SMTP server still has not answered; a mail may be sent twice");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
