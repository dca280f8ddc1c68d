package org.smileadventure.ingest.statement;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smileadventure.common.xapi.Vocabulary;
import tools.jackson.databind.JsonNode;

/**
 * A statement that was received: what of it is read, once that was looked at.
 *
 * @param actor the name of the account, or the mail address, by which its actor is known
 * @param registration of the session
 * @param said all of it
 */
record ReceivedStatement(
    String id, String actor, String verb, UUID registration, Instant timestamp, JsonNode said) {

  /**
   * Reads a statement.
   *
   * @param name what it is called if it has no id
   * @throws IllegalArgumentException if it lacks something; the message names the property
   */
  static ReceivedStatement of(JsonNode said, String name) {
    return new ReceivedStatement(
        said.at("/id").asString(name),
        actor(said.at("/actor")),
        text(said, "/verb/id"),
        registration(text(said, "/context/registration")),
        timestamp(text(said, "/timestamp")),
        said);
  }

  private static String actor(JsonNode actor) {
    for (var way : new String[] {"/account/name", "/mbox"}) {
      var name = actor.at(way);
      if (name.isString() && !name.stringValue().isBlank()) {
        return name.stringValue();
      }
    }
    throw new IllegalArgumentException("actor must have an account with a name, or an mbox");
  }

  private static String text(JsonNode said, String pointer) {
    var value = said.at(pointer);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(
          pointer.substring(1).replace('/', '.') + " must be there, as a text");
    }
    return value.stringValue();
  }

  private static UUID registration(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("context.registration must be a UUID", e);
    }
  }

  private static Instant timestamp(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timestamp must be a date-time with its offset, as in 2026-11-20T16:04:00Z", e);
    }
  }

  /** The id of the object. */
  String object() {
    return said.at("/object/id").asString("");
  }

  /** Whether its object is of this type of the profile for serious games. */
  boolean isOf(String type) {
    return said.at("/object/definition/type").asString("").endsWith("/activity-types/" + type);
  }

  /** The end of the verb's id. */
  String word() {
    return verb.substring(verb.lastIndexOf('/') + 1);
  }

  /** The event of ours that it was made of; null: it is another game's. */
  @Nullable JsonNode event() {
    var event = said.at("/context/extensions").get(Vocabulary.EVENT);
    return event != null && event.at("/data").isObject() ? event : null;
  }

  /** The object's name in whichever language it is told, or else the end of its id. */
  String objectName() {
    for (var name : said.at("/object/definition/name")) {
      if (name.isString() && !name.stringValue().isBlank()) {
        return name.stringValue();
      }
    }
    return objectKey();
  }

  /** The end of the object's id. */
  String objectKey() {
    var id = object();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  @Nullable Boolean success() {
    var success = said.at("/result/success");
    return success.isBoolean() ? (Boolean) success.booleanValue() : null;
  }

  /** Points, if they are whole; null: none are told. */
  @Nullable Integer points() {
    var raw = said.at("/result/score/raw");
    if (!raw.isNumber()) {
      return null;
    }
    try {
      return new BigDecimal(raw.asString()).intValueExact();
    } catch (ArithmeticException | NumberFormatException _) {
      return null;
    }
  }

  /** How long it took, in milliseconds; null: it is not told, or in months and years. */
  @Nullable Long millis() {
    var duration = said.at("/result/duration");
    try {
      return duration.isString() ? (Long) Duration.parse(duration.stringValue()).toMillis() : null;
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }
}
