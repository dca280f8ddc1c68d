package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/** Copies a running PostgreSQL by its low-level API, as its binaries here lack pg_basebackup. */
final class BaseBackup {
  private static final String SLOT = "replica";

  /** Their files are of the running server alone; the log is streamed. */
  private static final Set<String> LEFT_EMPTY =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

  private BaseBackup() {}

  /**
   * Makes the data directory of a replica that follows the server.
   *
   * @param source the server's own
   * @param home where it is made, as {@code data}
   */
  static void of(String url, int port, Path source, Path home) {
    var target = home.resolve("data");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      keepLogFor(connection);
      Files.createDirectories(home);
      statement.execute("SELECT pg_backup_start('replica', fast => true)");
      copy(source, target);
      try (var stopped =
          statement.executeQuery(
              "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
        stopped.next();
        Files.writeString(target.resolve("backup_label"), stopped.getString(1));
      }
      Files.createFile(target.resolve("standby.signal"));
      Files.writeString(
          target.resolve("postgresql.auto.conf"),
          """
          primary_conninfo = 'host=%s port=%d user=postgres application_name=replica'
          primary_slot_name = '%s'
          synchronous_standby_names = ''
          """
              .formatted(Ports.HOST, port, SLOT),
          StandardOpenOption.APPEND);
    } catch (SQLException e) {
      throw new StackException("cannot copy postgres: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the server keeps what the replica has not got. */
  private static void keepLogFor(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
      statement.execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(SLOT));
    }
  }

  static void promote(String url) {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var promoted = statement.executeQuery("SELECT pg_promote(wait => true)")) {
      promoted.next();
      if (!promoted.getBoolean(1)) {
        throw new StackException("postgres cannot be promoted in time");
      }
    } catch (SQLException e) {
      throw new StackException("cannot promote postgres: " + e.getMessage(), e);
    }
  }

  /** A file that goes or grows meanwhile is no matter: the log that is replayed tells of it. */
  private static void copy(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(directory, to(directory), StandardCopyOption.COPY_ATTRIBUTES);
            return source.equals(directory.getParent())
                    && LEFT_EMPTY.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!LEFT_OUT.contains(file.getFileName().toString())) {
              try {
                Files.copy(file, to(file), StandardCopyOption.COPY_ATTRIBUTES);
              } catch (NoSuchFileException gone) {
                // the server has dropped it
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          private Path to(Path path) {
            return target.resolve(source.relativize(path));
          }
        });
  }
}
