package org.smileadventure.query.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** The server that takes our mail. */
final class Smtp {
  private static final String TIME_OUT_MILLIS = "15000";

  private final JavaMailSenderImpl sender;
  private final String from;

  Smtp(URI server, String from) {
    this.sender = sender(server);
    this.from = from;
  }

  /** How it went. */
  enum Outcome {
    ACCEPTED,
    /** This mail will never be accepted. */
    REFUSED,
    /** It may be the next time. */
    FAILED
  }

  /**
   * What came of a mail.
   *
   * @param cause for the log, without an address; null: there is none
   */
  record Result(Outcome outcome, @Nullable String cause) {}

  /**
   * Sends a mail.
   *
   * @param id in it, so that one that comes twice is known as the same
   */
  Result send(long id, String recipient, String subject, String body) {
    try {
      var message = sender.createMimeMessage();
      var helper = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
      helper.setFrom(from);
      helper.setTo(recipient);
      helper.setSubject(subject);
      helper.setText(body);
      message.setHeader("Message-ID", "<smile-" + id + "@" + from.replaceAll(".*@|>.*", "") + ">");
      message.setHeader("Auto-Submitted", "auto-generated");
      sender.send(message);
      return new Result(Outcome.ACCEPTED, null);
    } catch (AddressException e) {
      return new Result(Outcome.REFUSED, cause(e));
    } catch (MailException e) {
      return new Result(isFinal(e) ? Outcome.REFUSED : Outcome.FAILED, cause(e));
    } catch (MessagingException e) {
      return new Result(Outcome.FAILED, cause(e));
    }
  }

  private static boolean isFinal(MailException failure) {
    return failure instanceof MailSendException several
        && several.getFailedMessages().values().stream()
            .anyMatch(
                e ->
                    e instanceof SendFailedException refused
                        && refused.getInvalidAddresses() != null
                        && refused.getInvalidAddresses().length > 0);
  }

  /** What the texts of these say has the address in it. */
  private static String cause(Throwable failure) {
    var cause = NestedExceptionUtils.getMostSpecificCause(failure);
    return failure.getClass().getSimpleName() + ", " + cause.getClass().getSimpleName();
  }

  private static JavaMailSenderImpl sender(URI server) {
    var secure = "smtps".equals(server.getScheme());
    if (server.getHost() == null || !(secure || "smtp".equals(server.getScheme()))) {
      throw new IllegalArgumentException(
          "SMILE_MAIL_URL cannot be read; expected smtp://user:password@host:port or smtps://…");
    }
    var sender = new JavaMailSenderImpl();
    var protocol = secure ? "smtps" : "smtp";
    sender.setProtocol(protocol);
    sender.setHost(server.getHost());
    // Of submission (RFC 8314), with and without a login.
    sender.setPort(
        server.getPort() > 0 ? server.getPort() : secure ? 465 : userInfo(server) ? 587 : 25);
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    var properties = new Properties();
    for (var step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail." + protocol + "." + step, TIME_OUT_MILLIS);
    }
    properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
    properties.setProperty("mail.mime.allowutf8", "true");
    if (!secure) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
    }
    if (userInfo(server)) {
      var parts = server.getUserInfo().split(":", 2);
      sender.setUsername(parts[0]);
      sender.setPassword(parts.length > 1 ? parts[1] : "");
      properties.setProperty("mail." + protocol + ".auth", "true");
      // No password goes over a network that others can read.
      if (!secure && !isHere(server.getHost())) {
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
    }
    sender.setJavaMailProperties(properties);
    return sender;
  }

  private static boolean userInfo(URI server) {
    return server.getUserInfo() != null;
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
