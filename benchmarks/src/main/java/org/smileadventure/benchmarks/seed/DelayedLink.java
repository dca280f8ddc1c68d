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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.smileadventure.benchmarks.bed.BenchmarkFailure;

/**
 * A TCP link to a server on this machine that takes as long as one over a network. All bytes come
 * in their order, each piece the delay after it was sent: a piece does not wait for the one before
 * to be delivered, so what streams is nearly as fast as without.
 *
 * <p>As all take as long, they are due in the order in which they were sent, on whatever
 * connection. So one thread each way delivers all, and has little to wake up for.
 */
final class DelayedLink implements AutoCloseable {
  private static final int PIECE_BYTES = 65_536;

  /** Each way. */
  private static final int MOST_IN_FLIGHT = 1_024;

  /** By so much Linux lets a thread oversleep. What is due this soon is delivered at once. */
  private static final long SLACK_NANOS = 50_000;

  private final int server;
  private final long delayNanos;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Piece> toServer = new LinkedBlockingQueue<>(MOST_IN_FLIGHT);
  private final BlockingQueue<Piece> toClients = new LinkedBlockingQueue<>(MOST_IN_FLIGHT);

  private static final class Piece {
    final Socket to;
    final long dueNanos;

    /** None: the sender has closed its end. */
    final byte[] bytes;

    Piece(Socket to, long dueNanos, byte[] bytes) {
      this.to = to;
      this.dueNanos = dueNanos;
      this.bytes = bytes;
    }
  }

  /**
   * Opens it.
   *
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
    start("to-server", () -> deliver(toServer));
    start("to-clients", () -> deliver(toClients));
  }

  /** Where clients connect to. */
  int port() {
    return entrance.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      var client = opened(entrance.accept());
      var behind = opened(new Socket(InetAddress.getLoopbackAddress(), server));
      start("from-client", () -> take(client, behind, toServer));
      start("from-server", () -> take(behind, client, toClients));
    }
  }

  private Socket opened(Socket socket) throws IOException {
    open.add(socket);
    return socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void take(Socket from, Socket to, BlockingQueue<Piece> flight)
      throws InterruptedException {
    var buffer = new byte[PIECE_BYTES];
    var read = 1;
    while (read > 0) {
      try {
        read = from.getInputStream().read(buffer);
      } catch (IOException closed) {
        read = 0;
      }
      var bytes = Arrays.copyOf(buffer, Math.max(read, 0));
      flight.put(new Piece(to, System.nanoTime() + delayNanos, bytes));
    }
  }

  private void deliver(BlockingQueue<Piece> flight) throws InterruptedException {
    while (true) {
      var piece = flight.take();
      for (var left = left(piece); left > SLACK_NANOS; left = left(piece)) {
        LockSupport.parkNanos(left - SLACK_NANOS);
      }
      try {
        if (piece.bytes.length > 0) {
          piece.to.getOutputStream().write(piece.bytes);
        } else {
          piece.to.close();
          open.remove(piece.to);
        }
      } catch (IOException closed) {
        // by the other end, which is read to its end
      }
    }
  }

  private static long left(Piece piece) {
    return piece.dueNanos - System.nanoTime();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread.ofPlatform()
        .daemon()
        .name("link-" + name)
        .start(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // nobody is to connect any more
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
