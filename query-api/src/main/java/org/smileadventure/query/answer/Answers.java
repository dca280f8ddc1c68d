package org.smileadventure.query.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.cache.Answer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what was found out into a response. Its entity tag is of what was found out, not of when:
 * two answers that differ in {@code computed_at} alone have the same. It is a weak one, so that the
 * answer may be compressed on its way.
 */
@Component
public class Answers {
  private static final Pattern COMPUTED_AT = Pattern.compile("\"computed_at\":\"[^\"]*\"");

  private final JsonMapper json;
  private final InstantSource clock;

  Answers(JsonMapper json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  /** What an answer says that it was computed at: to the millisecond. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The response with this body, or the part of it that was asked for. */
  public ResponseEntity<byte[]> of(Object body, @Nullable Fields fields) {
    var answer = answer(body, now());
    return response(answer, fields).body(part(answer, fields));
  }

  /** A file to be kept, by nobody on its way. */
  public static ResponseEntity<byte[]> file(String name, String type, byte[] body) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .cacheControl(CacheControl.noStore())
        .body(body);
  }

  Answer answer(Object body, Instant computedAt) {
    if (body instanceof Rendered rendered) {
      return Answer.of(rendered.render(), computedAt);
    }
    var bytes = json.writeValueAsBytes(body);
    // A letter for each byte. What stands within a string has its quotes escaped.
    var found = COMPUTED_AT.matcher(new String(bytes, ISO_8859_1)).replaceAll("");
    return Answer.of(bytes, found.getBytes(ISO_8859_1), computedAt);
  }

  byte[] part(Answer answer, @Nullable Fields fields) {
    return fields == null
        ? answer.body()
        : json.writeValueAsBytes(fields.of(json.readTree(answer.body())));
  }

  /** Of what was found out, and of the part that was asked for. */
  static String tag(Answer answer, @Nullable Fields fields) {
    return fields == null
        ? answer.etag()
        : answer.etag() + Answer.of(fields.toString().getBytes(UTF_8), answer.computedAt()).etag();
  }

  ResponseEntity.BodyBuilder response(Answer answer, @Nullable Fields fields) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .eTag("W/\"" + tag(answer, fields) + "\"")
        .cacheControl(CacheControl.noCache().cachePrivate());
  }
}
