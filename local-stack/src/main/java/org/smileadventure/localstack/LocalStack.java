package org.smileadventure.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Real PostgreSQL, Redis and Kafka. Safe for use by several threads.
 *
 * <p>The servers are stopped by {@link #close} or, failing that, when the JVM exits. If the JVM is
 * killed, its server processes live on until the next stack on the same directory finds and stops
 * them.
 */
public sealed interface LocalStack extends AutoCloseable permits ContainerStack, EmbeddedStack {

  /**
   * Where {@link #shared} keeps the unpacked server binaries, for all modules of a build. Give it
   * to servers of your own in tests, so that they need not unpack again.
   */
  Path SHARED_BINARIES = Path.of("..", "target", "local-stack-bin").toAbsolutePath().normalize();

  /**
   * The stack that all tests of this JVM share, started at first use and stopped when the JVM
   * exits; nobody closes it. The system property {@code smile.stack} chooses its kind: {@code
   * embedded} (the default), with its data in {@code target/local-stack-<pid>} of the working
   * directory and Kafka in this JVM, or {@code docker}.
   *
   * <p>Its PostgreSQL does not wait for the disk. A test may kill any service and find all that was
   * committed, as what the server has written the operating system has; whoever kills the server,
   * or claims that a commit is durable, has a {@link PostgresServer} of its own.
   */
  static LocalStack shared() {
    return SharedStack.get();
  }

  /** Starts a stack of embedded servers; returns when all three answer. */
  static LocalStack open(StackOptions options) {
    return EmbeddedStack.open(options);
  }

  /** The URL of a database, which need not exist, with the superuser's credentials in it. */
  String jdbcUrl(String database);

  /** The same database for another login, which the server lets in without a password. */
  static String loginAs(String login, String jdbcUrl) {
    return jdbcUrl.replaceFirst("([?&]user=)[^&]*", "$1" + login);
  }

  /** Creates an empty database and returns its {@linkplain #jdbcUrl URL}. */
  String newDatabase();

  /**
   * Creates a copy of a prepared database and returns its {@linkplain #jdbcUrl URL}.
   *
   * @param template a name for the preparation
   * @param prepare fills the template database at the URL it is given, and leaves no connection to
   *     it open; runs once per stack for each name, whichever thread asks first
   */
  String newDatabase(String template, Consumer<String> prepare);

  /** Creates a topic with a unique name that begins with {@code prefix}, and returns the name. */
  String newTopic(String prefix, int partitions);

  /** Kafka's {@code bootstrap.servers}. */
  String bootstrapServers();

  /** {@code redis://host:port} */
  URI redis();

  /** Stops the servers; does nothing the second time. */
  @Override
  void close();
}
