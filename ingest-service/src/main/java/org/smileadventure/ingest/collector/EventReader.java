package org.smileadventure.ingest.collector;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.smileadventure.common.event.ContentType;
import org.smileadventure.common.event.Envelope;
import org.smileadventure.common.event.InvalidEventException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Takes CloudEvents out of a request, in the three modes of the HTTP binding: binary, structured
 * and batched.
 */
@Component
class EventReader {
  static final MediaType STRUCTURED = MediaType.valueOf("application/cloudevents+json");
  static final MediaType BATCHED = MediaType.valueOf("application/cloudevents-batch+json");
  static final int MAX_EVENTS = 1_000;

  private static final String ATTRIBUTE_PREFIX = "ce-";

  /**
   * The events of a request.
   *
   * @param batched whether there could have been any number of them; there is one otherwise
   */
  record Submitted(boolean batched, List<Envelope> events) {}

  Submitted read(HttpServletRequest request) throws IOException {
    var contentType = only(HttpHeaders.CONTENT_TYPE, request);
    return switch (ContentType.of(contentType)) {
      case EVENTS -> new Submitted(true, batch(ReceivedBody.of(request)));
      case EVENT ->
          single(
              Envelope.structured(
                  Envelope.headersOf(attributes(request)), ReceivedBody.of(request)));
      case JSON -> {
        if (request.getHeader("ce-specversion") == null) {
          throw RefusedRequestException.malformed(
              "header ce-specversion is missing: with Content-Type application/json the attributes"
                  + " of the CloudEvent are headers; for an event that is all in the body it is "
                  + STRUCTURED);
        }
        yield single(Envelope.binary(attributes(request), contentType, ReceivedBody.of(request)));
      }
      case UNKNOWN -> throw unsupported("'" + contentType + "'");
    };
  }

  private static String only(String header, HttpServletRequest request) {
    var values = Collections.list(request.getHeaders(header));
    return switch (values.size()) {
      case 0 -> throw unsupported("missing");
      case 1 -> values.getFirst();
      default -> throw RefusedRequestException.malformed("header " + header + " is there twice");
    };
  }

  private static RefusedRequestException unsupported(String found) {
    return RefusedRequestException.unsupported(
        "Content-Type must be %s, %s, or application/json with the attributes as ce- headers, in UTF-8; it is %s"
            .formatted(STRUCTURED, BATCHED, found));
  }

  private static List<Map.Entry<String, String>> attributes(HttpServletRequest request) {
    var attributes = new ArrayList<Map.Entry<String, String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      if (name.regionMatches(true, 0, ATTRIBUTE_PREFIX, 0, ATTRIBUTE_PREFIX.length())) {
        for (var value : Collections.list(request.getHeaders(name))) {
          attributes.add(Map.entry(name.substring(ATTRIBUTE_PREFIX.length()), value));
        }
      }
    }
    return attributes;
  }

  private static Submitted single(Envelope event) {
    return new Submitted(false, List.of(event));
  }

  /** The events of an array, wherever it was. */
  static Submitted batched(byte[] body) {
    return new Submitted(true, batch(body));
  }

  private static List<Envelope> batch(byte[] body) {
    try {
      var events = Envelope.batch(body, MAX_EVENTS);
      if (events.size() > MAX_EVENTS) {
        throw RefusedRequestException.tooLarge(
            "a batch must have at most " + MAX_EVENTS + " events");
      }
      return events;
    } catch (InvalidEventException e) {
      throw RefusedRequestException.malformed(e.detail());
    }
  }
}
