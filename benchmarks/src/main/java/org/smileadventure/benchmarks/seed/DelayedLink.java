package org.smileadventure.benchmarks.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;

/**
 * A TCP link to a server on this machine that takes as long as one over a network. All bytes come
 * in their order, each piece the delay after it was sent: a piece does not wait for the one before
 * to be delivered, so that what streams is as fast as without.
 */
final class DelayedLink implements AutoCloseable {
  private static final int PIECE_BYTES = 65_536;

  /** In flight, each way of a connection. */
  private static final int PIECES = 256;

  /** By so much a sleeping thread oversleeps; the rest is waited for awake. */
  private static final long SLACK_NANOS = 60_000;

  private final int server;
  private final long delayNanos;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private static final class Piece {
    final byte[] bytes;
    final long dueNanos;

    Piece(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  /**
   * @param server its port
   * @param delay each way
   */
  DelayedLink(int server, Duration delay) {
    this.server = server;
    delayNanos = delay.toNanos();
    try {
      entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("accept", this::accept);
  }

  /** Where clients connect to. */
  int port() {
    return entrance.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      var client = opened(entrance.accept());
      var behind = opened(new Socket(InetAddress.getLoopbackAddress(), server));
      carry(client, behind);
      carry(behind, client);
    }
  }

  private Socket opened(Socket socket) throws IOException {
    open.add(socket);
    return socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void carry(Socket from, Socket to) {
    var flight = new ArrayBlockingQueue<Piece>(PIECES);
    start("take", () -> take(from, flight));
    start("deliver", () -> deliver(flight, to));
  }

  private void take(Socket from, BlockingQueue<Piece> flight) throws InterruptedException {
    var buffer = new byte[PIECE_BYTES];
    var read = 0;
    while (read >= 0) {
      try {
        read = from.getInputStream().read(buffer);
      } catch (IOException closed) {
        read = -1;
      }
      // None is the end.
      flight.put(
          new Piece(Arrays.copyOf(buffer, Math.max(read, 0)), System.nanoTime() + delayNanos));
    }
  }

  private void deliver(BlockingQueue<Piece> flight, Socket to)
      throws IOException, InterruptedException {
    try (to) {
      for (var piece = flight.take(); piece.bytes.length > 0; piece = flight.take()) {
        await(piece.dueNanos);
        to.getOutputStream().write(piece.bytes);
      }
    } finally {
      open.remove(to);
    }
  }

  private static void await(long dueNanos) {
    for (var left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      if (left > SLACK_NANOS) {
        LockSupport.parkNanos(left - SLACK_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void start(String name, Work work) {
    Thread.ofPlatform()
        .daemon()
        .name("link-" + name)
        .start(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // one end has gone, and the other is told
              } catch (InterruptedException e) {
                throw new BenchmarkFailure("interrupted", e);
              }
            });
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
