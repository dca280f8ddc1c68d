package org.smileadventure.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback address. */
final class Ports {
  static final String HOST = "127.0.0.1";

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral(HOST);

  // Below the range from which Linux, macOS and Windows take the local ports of outgoing
  // connections: else one of those could sit on the port of a server that is being restarted.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  /** So many are for each of 200 JVMs that begin side by side, and so have pids side by side. */
  private static final int SLICE = 60;

  private static final int MINE =
      LOWEST + (int) (ProcessHandle.current().pid() % ((HIGHEST - LOWEST) / SLICE)) * SLICE;

  /** Ports given out by this JVM, whose servers may not have bound them yet. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** It is free until another JVM takes it, which looks elsewhere first. */
  static int anyFree() {
    for (var attempt = 0; attempt < 1_000; attempt++) {
      var port =
          attempt < SLICE
              ? ThreadLocalRandom.current().nextInt(MINE, MINE + SLICE)
              : ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new StackException(
        "found no free port from %d to %d; stop other servers".formatted(LOWEST, HIGHEST));
  }

  static void requireFree(int port) {
    if (!isFree(port)) {
      throw new StackException(
          "port %d is taken by another process; choose another or stop it".formatted(port));
    }
  }

  static boolean isFree(int port) {
    try {
      new ServerSocket(port, 1, LOOPBACK).close();
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  static boolean accepts(int port) {
    try {
      connect(port).close();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  static Socket connect(int port) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(LOOPBACK, port), 1_000);
      socket.setSoTimeout(1_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
