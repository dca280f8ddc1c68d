package org.smileadventure.batch.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.fixture.JavaProcess;
import org.smileadventure.common.xapi.Statement;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands before a record store: notes what is sent, may answer it in the place of the store, may
 * have something happen meanwhile, and may be away.
 */
final class RecordStoreProxy implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI store;
  private final int port = JavaProcess.freePort();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable Answer answer;
  private volatile Consumer<Request> meanwhile = _ -> {};
  private HttpServer server;

  RecordStoreProxy(URI store) {
    this.store = store;
    this.server = listen();
  }

  /** A request, whatever came of it. */
  record Request(String authorization, List<Sent> statements) {
    boolean isOf(ChildId child) {
      return statements.stream().anyMatch(statement -> statement.isOf(child));
    }

    boolean hasAnyOf(Collection<UUID> ids) {
      return statements.stream().map(Sent::id).anyMatch(ids::contains);
    }
  }

  /** A statement in it. */
  record Sent(String actor, UUID id) {
    boolean isOf(ChildId child) {
      return actor.equals(child.toString()) || actor.startsWith(child + "/");
    }
  }

  private record Answer(
      Predicate<Request> to, int status, Map<String, String> headers, String says) {}

  private HttpServer listen() {
    try {
      var listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      listening.createContext("/", this::handle);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var request = request(exchange, body);
      requests.add(request);
      meanwhile.accept(request);
      var now = answer;
      if (now != null && now.to().test(request)) {
        now.headers().forEach(exchange.getResponseHeaders()::set);
        answer(exchange, now.status(), now.says().getBytes(UTF_8));
      } else {
        pass(exchange, body);
      }
    }
  }

  private static Request request(HttpExchange exchange, byte[] body) {
    return new Request(
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
        JsonMapper.shared()
            .readTree(body)
            .valueStream()
            .map(
                statement ->
                    new Sent(
                        statement.path("actor").path("account").path("name").asString(""),
                        UUID.fromString(statement.path("id").asString(""))))
            .toList());
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException {
    var request =
        HttpRequest.newBuilder(store.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    Stream.of("Authorization", "Content-Type", Statement.VERSION_HEADER)
        .filter(exchange.getRequestHeaders()::containsKey)
        .forEach(name -> request.header(name, exchange.getRequestHeaders().getFirst(name)));
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      answer(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** In the place of the store's. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port + store.getPath());
  }

  /** All that came. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What was sent of a child, in its order, as often as it was. */
  List<UUID> sent(ChildId child) {
    return requests.stream()
        .flatMap(request -> request.statements().stream())
        .filter(statement -> statement.isOf(child))
        .map(Sent::id)
        .toList();
  }

  /** The store does not see these requests from now on. */
  void refuse(Predicate<Request> of, int status, String says) {
    answerWith(of, status, Map.of("Content-Type", "application/json"), says);
  }

  /** The same, with these headers. */
  void answerWith(Predicate<Request> to, int status, Map<String, String> headers, String says) {
    answer = new Answer(to, status, headers, says);
  }

  /** Is done with each request from now on, before the store sees it. */
  void meanwhile(Consumer<Request> action) {
    meanwhile = action;
  }

  /** The store sees all from now on, and nothing else happens. */
  void letAllPass() {
    answer = null;
    meanwhile = _ -> {};
  }

  /** Nobody listens at its port from now on. */
  void leave() {
    server.stop(0);
  }

  void comeBack() {
    server = listen();
  }

  @Override
  public void close() {
    leave();
  }
}
