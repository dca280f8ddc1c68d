package org.smileadventure.ingest.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.service.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a page sends while it is being closed, by {@code navigator.sendBeacon}. A beacon has
 * no headers of the page's own, so that its token is in its body: not in its address, which is
 * written down on the way.
 */
@Component
class BeaconReader {
  private static final String EXPECTED =
      "a beacon must be {\"access_token\": …, \"events\": […]}, in UTF-8";

  private final JwtDecoder tokens;
  private final JsonMapper json;
  private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

  BeaconReader(JwtDecoder tokens, JsonMapper json) {
    this.tokens = tokens;
    this.json = json;
  }

  record Beacon(Jwt device, EventReader.Submitted events) {}

  Beacon read(HttpServletRequest request) throws IOException {
    requireText(request.getContentType());
    var body = ReceivedBody.of(request);
    String token = null;
    byte[] events = null;
    try (var parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedRequestException.malformed(EXPECTED);
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        switch (name) {
          case "access_token" -> token = parser.getValueAsString();
          case "events" -> events = array(parser, body);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw RefusedRequestException.malformed(EXPECTED);
      }
    } catch (JacksonException _) {
      throw RefusedRequestException.malformed(EXPECTED);
    }
    var device = device(token);
    if (events == null) {
      throw RefusedRequestException.malformed(EXPECTED);
    }
    return new Beacon(device, EventReader.batched(events));
  }

  // A Blob of another type would be asked for beforehand, and a page that is closed does not wait.
  private static void requireText(@Nullable String contentType) {
    try {
      var type = MediaType.parseMediaType(String.valueOf(contentType));
      if ((type.equalsTypeAndSubtype(MediaType.TEXT_PLAIN)
              || type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON))
          && (type.getCharset() == null || UTF_8.equals(type.getCharset()))) {
        return;
      }
    } catch (InvalidMediaTypeException _) {
      // told below
    }
    throw RefusedRequestException.unsupported(
        "Content-Type must be text/plain or application/json, in UTF-8");
  }

  private static byte[] array(JsonParser parser, byte[] body) {
    var from = parser.currentTokenLocation().getByteOffset();
    if (!parser.hasToken(JsonToken.START_ARRAY) || from < 0) {
      throw RefusedRequestException.malformed(EXPECTED);
    }
    parser.skipChildren();
    return Arrays.copyOfRange(body, (int) from, (int) parser.currentLocation().getByteOffset());
  }

  private Jwt device(@Nullable String token) {
    if (token == null) {
      throw refused("access_token is needed: the token of a device");
    }
    Jwt device;
    try {
      device = tokens.decode(token);
    } catch (BadJwtException _) {
      throw refused("access_token is not accepted");
    } catch (JwtException e) {
      throw new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE, "tokens cannot be checked now; try again", e)
          .retryAfter(5);
    }
    if (scopes.convert(device).stream()
        .noneMatch(scope -> "SCOPE_ingest".equals(scope.getAuthority()))) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "access_token is not the token of a device")
          .with("parameter", "access_token");
    }
    return device;
  }

  private static ProblemException refused(String detail) {
    var refused =
        new ProblemException(HttpStatus.UNAUTHORIZED, detail).with("parameter", "access_token");
    refused.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    return refused;
  }
}
