package org.smileadventure.demo;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * An SMTP server that delivers nothing: each mail becomes a file, the newest with the last number.
 */
final class Postbox implements AutoCloseable {
  private static final long LOOK_AGAIN_MS = TimeUnit.SECONDS.toMillis(1);

  private final Path directory;
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  /** Listens on a free port of the loopback address, and empties the directory. */
  Postbox(Path directory) throws IOException {
    this.directory = directory;
    FileSystemUtils.deleteRecursively(directory);
    Files.createDirectories(directory);
    server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    server.start();
    Thread.ofVirtual().name("postbox").start(this::keep);
  }

  String url() {
    return "smtp://127.0.0.1:" + server.getSmtp().getPort();
  }

  private void keep() {
    var kept = 0;
    while (server.isRunning()) {
      server.waitForIncomingEmail(LOOK_AGAIN_MS, kept + 1);
      var received = server.getReceivedMessages();
      for (; kept < received.length; kept++) {
        write(kept + 1, received[kept]);
      }
    }
  }

  private void write(int number, MimeMessage mail) {
    try {
      Files.writeString(
          directory.resolve("%04d.txt".formatted(number)),
          "To: %s%nSubject: %s%n%n%s%n"
              .formatted(
                  mail.getAllRecipients()[0], mail.getSubject(), GreenMailUtil.getBody(mail)));
    } catch (IOException | MessagingException e) {
      throw new DemoFailure("mail %d cannot be kept: %s".formatted(number, e));
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
