package org.smileadventure.common.xapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A statement of the Experience API: who did what, and when. The components are named as its
 * properties are. Its version is that of the request; a statement is not to tell it.
 */
public record Statement(
    UUID id,
    Agent actor,
    Verb verb,
    Activity object,
    @Nullable Result result,
    Context context,
    Instant timestamp) {
  /** The version of the Experience API, as each request and answer says it. */
  public static final String XAPI = "1.0.3";

  /** The header that says it. */
  public static final String VERSION_HEADER = "X-Experience-API-Version";

  /** As the Experience API writes it, whatever form a service's other answers have. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // There are stores that read a body in parts, and break what is cut in two.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** Somebody who is known by an account, and by nothing else. */
  public record Agent(String objectType, Account account) {}

  /**
   * An account.
   *
   * @param homePage of the system that has it
   */
  public record Account(URI homePage, String name) {}

  /**
   * What was done.
   *
   * @param display by language
   */
  public record Verb(String id, Map<String, String> display) {}

  /** What it was done to. */
  public record Activity(String objectType, String id, Definition definition) {}

  /**
   * What an activity is.
   *
   * @param name by language
   */
  public record Definition(String type, @Nullable Map<String, String> name) {}

  /** What came of it. */
  public record Result(
      @Nullable Score score,
      @Nullable Boolean success,
      @Nullable Boolean completion,
      @Nullable Duration duration) {}

  /** Points, of no range unless there is one. */
  public record Score(int raw, @Nullable Integer min, @Nullable Integer max) {}

  /**
   * Where it belongs.
   *
   * @param registration the session
   */
  public record Context(
      UUID registration, ContextActivities contextActivities, Map<String, Object> extensions) {}

  /** The profiles of the statement, and the game that it is of. */
  public record ContextActivities(List<Activity> category, List<Activity> grouping) {}

  /** Statements as they are sent to a record store. */
  public static byte[] json(List<Statement> statements) {
    return MAPPER.writeValueAsBytes(statements);
  }

  /**
   * A page of statements, as a record store answers.
   *
   * @param more where the next page is; empty: there is none
   */
  public record Page(List<Statement> statements, String more) {
    public byte[] json() {
      return MAPPER.writeValueAsBytes(this);
    }
  }
}
