package org.smileadventure.query.report;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Where an export is sent to: knows the digest of all that was sent, and ends in time. */
final class ExportStream extends OutputStream {
  /** Tomcat ends what stands still; this is for those who take some bytes a minute. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int AT_ONCE = 8192;

  private final OutputStream target;
  private final MessageDigest digest;
  private final long begun = System.nanoTime();

  ExportStream(OutputStream target) {
    this.target = target;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of all bytes so far, in hexadecimal digits. */
  String sha256() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the SHA-256 of every Java can be copied", e);
    }
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += AT_ONCE) {
      if (System.nanoTime() - begun > LONGEST.toNanos()) {
        throw new IOException("the export takes longer than " + LONGEST);
      }
      var part = Math.min(AT_ONCE, length - done);
      target.write(bytes, offset + done, part);
      digest.update(bytes, offset + done, part);
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }
}
