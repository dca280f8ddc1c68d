package org.smileadventure.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Servers unpacked from the class path, in one directory with one owner. */
final class EmbeddedStack implements LocalStack {
  private final StackOptions options;
  private final DirectoryLock lock;
  private final EmbeddedServers servers;
  private final Databases databases;
  private final Topics topics;
  private final Thread exitHook = new Thread(this::close, "local-stack-exit");
  private boolean closed;

  private EmbeddedStack(StackOptions options, DirectoryLock lock) {
    this.options = options;
    this.lock = lock;
    servers = EmbeddedServers.of(options);
    databases = new Databases(servers.postgres()::jdbcUrl);
    topics = new Topics(servers.kafka()::bootstrapServers);
  }

  static EmbeddedStack open(StackOptions options) {
    var lock = DirectoryLock.acquire(options.directory());
    var stack = new EmbeddedStack(options, lock);
    try {
      stack.start();
      return stack;
    } catch (RuntimeException | Error e) {
      stack.close(true); // the logs say why
      throw e;
    }
  }

  private void start() {
    Runtime.getRuntime().addShutdownHook(exitHook);
    servers.stopOrphans();
    if (!options.keep()) {
      FileTree.clear(options.directory());
    }
    createTemporaryDirectory();
    servers.start(options.progress());
  }

  /** Native libraries are unpacked into it, and builds name one that a clean checkout lacks. */
  private static void createTemporaryDirectory() {
    try {
      Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String jdbcUrl(String database) {
    return servers.postgres().jdbcUrl(database);
  }

  @Override
  public String newDatabase() {
    return databases.create();
  }

  @Override
  public String newDatabase(String template, Consumer<String> prepare) {
    return databases.copyOf(template, prepare);
  }

  @Override
  public String newTopic(String prefix, int partitions) {
    return topics.create(prefix, partitions);
  }

  @Override
  public String bootstrapServers() {
    return servers.kafka().bootstrapServers();
  }

  @Override
  public URI redis() {
    return servers.redis().uri();
  }

  @Override
  public void close() {
    close(options.keep());
  }

  private synchronized void close(boolean keep) {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      topics.close();
      servers.stop();
      if (!keep) {
        FileTree.clear(options.directory());
      }
    } finally {
      forgetExitHook();
    }
  }

  private void forgetExitHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException exiting) {
      // the hook is what brought us here, or will find nothing to do
    }
  }
}
