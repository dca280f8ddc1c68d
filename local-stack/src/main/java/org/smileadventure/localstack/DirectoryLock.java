package org.smileadventure.localstack;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An exclusive claim on a directory, held until closed or until this JVM ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
  static final String FILE_NAME = "lock";

  /**
   * The directories claimed by this JVM. On POSIX systems closing any channel to a file drops the
   * process's locks on it, so a second claim must be refused before it opens the file.
   */
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Creates the directory if need be. */
  static DirectoryLock acquire(Path directory) {
    return tryAcquire(directory)
        .orElseThrow(
            () ->
                new StackException(
                    "%s is in use by process %s; stop it or choose another directory"
                        .formatted(directory, holderOf(directory))));
  }

  /** Creates the directory if need be; empty if it is claimed already. */
  static Optional<DirectoryLock> tryAcquire(Path directory) {
    try {
      var key = Files.createDirectories(directory).toRealPath();
      if (!CLAIMED.add(key)) {
        return Optional.empty();
      }
      var locked = false;
      try {
        var lock = lockFileIn(key);
        locked = lock.isPresent();
        return lock;
      } finally {
        if (!locked) {
          CLAIMED.remove(key);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + directory, e);
    }
  }

  private static Optional<DirectoryLock> lockFileIn(Path directory) throws IOException {
    var channel = FileChannel.open(directory.resolve(FILE_NAME), CREATE, WRITE);
    var locked = false;
    try {
      if (channel.tryLock() == null) {
        return Optional.empty();
      }
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      locked = true;
      return Optional.of(new DirectoryLock(directory, channel));
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static String holderOf(Path directory) {
    try {
      return CLAIMED.contains(directory.toRealPath())
          ? ProcessHandle.current().pid() + " (this one)"
          : Files.readString(directory.resolve(FILE_NAME));
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      CLAIMED.remove(directory);
    }
  }
}
