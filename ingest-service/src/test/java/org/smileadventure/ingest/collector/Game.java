package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.event.ChildId;
import org.smileadventure.common.event.EventCodec;
import org.smileadventure.common.event.SessionEvent;
import org.smileadventure.ingest.fixture.ServiceUnderTest;
import org.springframework.context.ApplicationContext;

/** A game that sends events over HTTP. */
public record Game(URI address, @Nullable String token) {
  static final String STRUCTURED = "application/cloudevents+json";
  static final String BATCHED = "application/cloudevents-batch+json";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final EventCodec CODEC = new EventCodec(InstantSource.system());

  /** A game on a device of these children. */
  public static Game of(ApplicationContext service, Collection<ChildId> children) {
    var port = service.getEnvironment().getRequiredProperty("local.server.port");
    return new Game(URI.create("http://127.0.0.1:" + port), tokenFor(children));
  }

  static String tokenFor(Collection<ChildId> children) {
    return ServiceUnderTest.TOKENS.token(
        Map.of("scope", "ingest", "children", children.stream().map(ChildId::value).toList()));
  }

  Game with(@Nullable String otherToken) {
    return new Game(address, otherToken);
  }

  /** An event as structured JSON. */
  static String structured(SessionEvent event) {
    return """
    {"specversion": "1.0", "id": "%s", "source": "/test", "type": "%s", "datacontenttype": "application/json", "data": %s}"""
        .formatted(id(event), event.type().wireName(), data(event));
  }

  static String batch(Collection<SessionEvent> events) {
    return events.stream().map(Game::structured).collect(Collectors.joining(",", "[", "]"));
  }

  static String id(SessionEvent event) {
    return event.sessionId() + "/" + event.sequence();
  }

  static String data(SessionEvent event) {
    return new String(CODEC.encode("any", event).value(), UTF_8);
  }

  static byte[] gzip(byte[] plain) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public Reply sendBatch(Collection<SessionEvent> events) {
    return send(BATCHED, batch(events));
  }

  Reply sendStructured(SessionEvent event) {
    return send(STRUCTURED, structured(event));
  }

  Reply sendBinary(SessionEvent event) {
    return send(
        "application/json",
        data(event),
        "ce-specversion",
        "1.0",
        "ce-id",
        id(event),
        "ce-source",
        "/test",
        "ce-type",
        event.type().wireName());
  }

  Reply send(String contentType, String body, String... headers) {
    return send(contentType, body.getBytes(UTF_8), headers);
  }

  Reply send(String contentType, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(address.resolve("/api/v1/events"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return exchange(request);
  }

  /** What {@code navigator.sendBeacon} sends: no headers but the type. */
  Reply beacon(String contentType, String body) {
    return exchange(
        HttpRequest.newBuilder(address.resolve("/api/v1/events/beacon"))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)));
  }

  Reply get(String path) {
    return exchange(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  /** Asks, as a browser does, whether a page of this origin may send events. */
  Reply preflight(String origin) {
    return exchange(
        HttpRequest.newBuilder(address.resolve("/api/v1/events"))
            .method("OPTIONS", BodyPublishers.noBody())
            .headers(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "authorization,content-type,ce-id"));
  }

  private Reply exchange(HttpRequest.Builder request) {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return new Reply(
          HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
  }
}
