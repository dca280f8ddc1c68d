package org.smileadventure.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server binaries that come on the class path, unpacked into a cache directory that several
 * JVMs may share. Unpacked under a name of its own and then renamed, a binary is there as a whole
 * or not at all.
 */
final class Binaries {
  static final String REDIS_VERSION = "7.0.15";

  private Binaries() {}

  /** The directory that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  static synchronized Path postgres(Path cache) {
    var archive = resource("postgres-%s-%s.txz".formatted(system(), onArm() ? "arm_64" : "x86_64"));
    try {
      var unpacked = cache.toAbsolutePath().resolve("postgres-" + fingerprint(archive));
      if (!Files.exists(unpacked)) {
        Files.createDirectories(unpacked.getParent());
        var unfinished = Files.createTempDirectory(unpacked.getParent(), "postgres-unpacking-");
        try (var in = archive.openStream()) {
          unpack(in, unfinished);
          renameUnlessThere(unfinished, unpacked);
        } finally {
          FileTree.delete(unfinished);
        }
      }
      return unpacked;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + archive, e);
    }
  }

  /** The server's executable. */
  static Path redis(Path cache) {
    var name =
        "redis-server-%s-%s-%s".formatted(REDIS_VERSION, system(), onArm() ? "arm64" : "amd64");
    var binary = resource(name);
    try {
      var unpacked = cache.toAbsolutePath().resolve(name);
      if (!Files.exists(unpacked)) {
        Files.createDirectories(unpacked.getParent());
        var unfinished = Files.createTempFile(unpacked.getParent(), "redis-unpacking-", "");
        try (var in = binary.openStream()) {
          Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
          makeExecutable(unfinished);
          Files.move(unfinished, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(unfinished);
        }
      }
      return unpacked;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + name, e);
    }
  }

  private static void renameUnlessThere(Path unfinished, Path finished) throws IOException {
    try {
      Files.move(unfinished, finished);
    } catch (FileAlreadyExistsException anotherJvmWasFaster) {
      // what it unpacked is the same
    }
  }

  private static void unpack(InputStream archive, Path directory) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, path);
            if (path.startsWith(directory.resolve("bin"))) {
              makeExecutable(path);
            }
          }
        }
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  /** Tells versions apart; the checksum is in the jar's directory, so nothing is read for it. */
  private static String fingerprint(URL archive) throws IOException {
    var connection = archive.openConnection();
    var number =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getContentLengthLong();
    return Long.toHexString(number);
  }

  private static URL resource(String name) {
    var url = Binaries.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new StackException(
          "there is no %s on the class path for this platform (%s, %s)"
              .formatted(name, System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return url;
  }

  private static String system() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name;
  }

  private static boolean onArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }
}
