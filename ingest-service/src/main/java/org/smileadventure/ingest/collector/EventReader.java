package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.http.HttpMessageFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smileadventure.ingest.collector.Submission.ReadEvent;
import org.smileadventure.ingest.collector.Submission.Unreadable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads CloudEvents out of a request in the three modes of the HTTP binding: binary, structured and
 * batched. The library reads them; only the array of a batch, which it does not know, is split
 * here.
 */
@Component
class EventReader {
  static final MediaType STRUCTURED = MediaType.valueOf("application/cloudevents+json");
  static final MediaType BATCHED = MediaType.valueOf("application/cloudevents-batch+json");
  static final int MAX_EVENTS = 1_000;

  private static final String ATTRIBUTE_PREFIX = "ce-";

  private final JsonMapper json;

  EventReader(JsonMapper json) {
    this.json = json;
  }

  /**
   * The events of a request.
   *
   * @param batched whether there could have been any number of them; there is one otherwise
   */
  record Submitted(boolean batched, List<Submission> events) {}

  Submitted read(HttpServletRequest request) throws IOException {
    var contentType = contentType(request);
    if (contentType.equalsTypeAndSubtype(BATCHED)) {
      return new Submitted(true, batch(ReceivedBody.of(request)));
    }
    if (contentType.equalsTypeAndSubtype(STRUCTURED)) {
      return single(event(structured(), ReceivedBody.of(request), null));
    }
    if (contentType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
      if (request.getHeader("ce-specversion") == null) {
        throw RefusedRequestException.malformed(
            "header ce-specversion is missing: with Content-Type application/json the attributes of"
                + " the CloudEvent are headers; for an event that is all in the body it is "
                + STRUCTURED);
      }
      return single(
          event(attributes(request), ReceivedBody.of(request), request.getHeader("ce-id")));
    }
    throw unsupported("'" + contentType + "'");
  }

  private static MediaType contentType(HttpServletRequest request) {
    var header = request.getContentType();
    if (header == null) {
      throw unsupported("missing");
    }
    MediaType type;
    try {
      type = MediaType.parseMediaType(header);
    } catch (InvalidMediaTypeException _) {
      throw unsupported("'" + header + "'");
    }
    if (type.getParameter("charset") != null && !UTF_8.equals(type.getCharset())) {
      throw unsupported("'" + header + "'");
    }
    return type;
  }

  private static RefusedRequestException unsupported(String found) {
    return RefusedRequestException.unsupported(
        "Content-Type must be %s, %s, or application/json with the attributes as ce- headers, in UTF-8; it is %s"
            .formatted(STRUCTURED, BATCHED, found));
  }

  private static Map<String, String> structured() {
    return Map.of(HttpHeaders.CONTENT_TYPE, STRUCTURED.toString());
  }

  private static Map<String, String> attributes(HttpServletRequest request) {
    var attributes = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var name : Collections.list(request.getHeaderNames())) {
      if (name.regionMatches(true, 0, ATTRIBUTE_PREFIX, 0, ATTRIBUTE_PREFIX.length())) {
        attributes.put(name, request.getHeader(name));
      }
    }
    attributes.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    return attributes;
  }

  private static Submitted single(Submission event) {
    return new Submitted(false, List.of(event));
  }

  /** Each event is read from where it stands in the body; only the array is looked at here. */
  private List<Submission> batch(byte[] body) {
    try (var parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY || offset(parser) < 0) {
        throw RefusedRequestException.malformed(
            "the body of a batch must be a JSON array of events, in UTF-8");
      }
      var events = new ArrayList<Submission>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (events.size() == MAX_EVENTS) {
          throw RefusedRequestException.tooLarge(
              "a batch must have at most " + MAX_EVENTS + " events");
        }
        events.add(element(parser, body));
      }
      if (parser.nextToken() != null) {
        throw RefusedRequestException.malformed("the body is more than a JSON array");
      }
      return events;
    } catch (JacksonException e) {
      throw RefusedRequestException.malformed("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Submission element(JsonParser parser, byte[] body) {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      parser.skipChildren();
      return new Unreadable(null, "an event must be a JSON object");
    }
    var from = offset(parser);
    String id = null;
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("id")) {
        id = parser.getString();
      }
      parser.skipChildren();
    }
    var to = parser.currentLocation().getByteOffset();
    return event(structured(), Arrays.copyOfRange(body, (int) from, (int) to), id);
  }

  private static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private static Submission event(
      Map<String, String> headers, byte[] body, @Nullable String presumedId) {
    try {
      return new ReadEvent(HttpMessageFactory.createReader(headers, body).toEvent());
    } catch (RuntimeException e) {
      // The library has no common exception for what it cannot read.
      return new Unreadable(
          presumedId,
          "this is not a CloudEvent: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
