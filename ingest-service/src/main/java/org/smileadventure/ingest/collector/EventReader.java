package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.http.HttpMessageFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
import tools.jackson.databind.JsonNode;
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

  private List<Submission> batch(byte[] body) {
    JsonNode array;
    try {
      array = json.readTree(body);
    } catch (JacksonException e) {
      throw RefusedRequestException.malformed("the body is not JSON: " + e.getOriginalMessage());
    }
    if (!array.isArray()) {
      throw RefusedRequestException.malformed("the body of a batch must be a JSON array of events");
    }
    if (array.size() > MAX_EVENTS) {
      throw RefusedRequestException.tooLarge(
          "a batch must have at most %d events, not %d".formatted(MAX_EVENTS, array.size()));
    }
    return array.valueStream().map(this::element).toList();
  }

  private Submission element(JsonNode element) {
    if (!element.isObject()) {
      return new Unreadable(null, "an event must be a JSON object");
    }
    var id = element.get("id");
    return event(
        structured(),
        json.writeValueAsBytes(element),
        id != null && id.isString() ? id.stringValue() : null);
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
