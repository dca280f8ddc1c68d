package org.smileadventure.localstack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One server on the loopback address that can be stopped, killed and started again on the same port
 * and directory. Safe for use by several threads.
 *
 * <p>A new server does not run yet. Starting it claims its home directory for this JVM, and ends
 * the server that a killed JVM may have left running there. It is stopped when the JVM exits.
 */
public abstract sealed class LocalServer implements AutoCloseable
    permits ApplicationServer,
        HaproxyServer,
        KafkaServer,
        PostgresServer,
        PrometheusServer,
        RedisServer {

  private final String name;
  private final Path home;
  private final Path pidFile;
  private final StopSignal stopSignal;
  private int port;
  private @Nullable RunningServer running;
  private @Nullable DirectoryLock lock;
  private @Nullable Thread exitHook;
  private volatile @Nullable Thread starting;

  LocalServer(String name, Path home, int port, String pidFile, StopSignal stopSignal) {
    this.name = name;
    this.home = home.toAbsolutePath().normalize();
    this.port = port;
    this.pidFile = this.home.resolve(pidFile);
    this.stopSignal = stopSignal;
  }

  /** Starts the server on {@link #port}, which is free, and returns when it answers. */
  abstract RunningServer launch();

  abstract String version();

  /**
   * Starts the server and returns when it answers; does nothing if it runs already. Data that an
   * earlier start left in the home directory is kept, except by Redis.
   */
  public final synchronized void start() {
    if (isRunning()) {
      return;
    }
    release();
    lock = DirectoryLock.acquire(home);
    try {
      starting = Thread.currentThread();
      exitHook = new Thread(this::endAtExit, "local-stack-" + name + "-exit");
      Runtime.getRuntime().addShutdownHook(exitHook);
      stopOrphan();
      if (port == 0) {
        port = Ports.anyFree();
      } else {
        Ports.requireFree(port);
      }
      running = launch();
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    } finally {
      starting = null;
    }
  }

  /** A start may wait for minutes for what is gone already, and would not let itself be stopped. */
  private void endAtExit() {
    var thread = starting;
    if (thread != null) {
      thread.interrupt();
    }
    stop();
  }

  /** Stops the server in an orderly way; does nothing if it does not run. */
  public final synchronized void stop() {
    if (running != null && running.isRunning()) {
      running.stop();
    }
    release();
  }

  /** Ends the server as a crash would; does nothing if it does not run. */
  public final synchronized void kill() {
    if (running != null && running.isRunning()) {
      running.kill();
    }
    release();
  }

  public final synchronized boolean isRunning() {
    return running != null && running.isRunning();
  }

  /** The server's port; if it was to choose one itself, known once it has been started. */
  public final synchronized int port() {
    if (port == 0) {
      throw new IllegalStateException(name + " has no port before it is started");
    }
    return port;
  }

  @Override
  public final void close() {
    stop();
  }

  final String name() {
    return name;
  }

  final Path home() {
    return home;
  }

  final Path pidFile() {
    return pidFile;
  }

  final StopSignal stopSignal() {
    return stopSignal;
  }

  final Path log() {
    return home.resolve(name + ".log");
  }

  /** Ends the server that a killed JVM left running in this home directory. */
  final void stopOrphan() {
    ServerProcess.find(pidFile, home, stopSignal).ifPresent(ServerProcess::stop);
  }

  private void release() {
    running = null;
    if (exitHook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(exitHook);
      } catch (IllegalStateException exiting) {
        // the hook is what brought us here, or will find nothing to do
      }
      exitHook = null;
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
