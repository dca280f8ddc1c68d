package org.smileadventure.benchmarks.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An admin's token, and the key to check it with where a service asks for it. */
final class AdminToken implements AutoCloseable {
  private static final long ADMIN = 1;

  private final SigningKey key = new SigningKey();
  private final HttpServer keys;

  AdminToken() {
    try {
      keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys.createContext(
        "/jwks",
        exchange -> {
          var body = key.jwks().getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
  }

  String jwksUrl() {
    return "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks";
  }

  String sign() {
    return key.token(ADMIN, "admin");
  }

  @Override
  public void close() {
    keys.stop(0);
  }
}
