package org.smileadventure.common.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an event was set aside instead of being stored, or not even taken. */
public enum Rejection {
  /** Neither a structured nor a binary CloudEvent, or its data is not a JSON object. */
  MALFORMED,
  /** The type is none of {@link EventType}. */
  UNKNOWN_TYPE,
  /** A field is missing, of the wrong kind or out of its range, or contradicts another one. */
  SCHEMA_VIOLATION,
  /** It claims to have occurred more than a day from now, or in the last millennium. */
  CLOCK_WRONG,
  /** Whoever sent it may not speak for this child. */
  FOREIGN_CHILD,
  /** It is larger than a record of the topic can be. */
  TOO_LARGE,
  /** No such child. */
  UNKNOWN_CHILD,
  /** All about the child was erased, or is about to be. */
  ERASED_CHILD,
  /** Nobody who may decide about the child has consented to keeping what it plays. */
  NO_CONSENT,
  /** The session belongs to another child. */
  FOREIGN_SESSION,
  /** The session is so old that its events are not kept any more. */
  FORGOTTEN_SESSION,
  /** The session has another event with the same sequence, which came first and stays. */
  DIVERGENT_DUPLICATE,
  /** More sessions of the child have begun today than one child can play. */
  TOO_MANY_SESSIONS,
  /** The database refused it, for a reason that no earlier check foresaw. */
  REFUSED_BY_DATABASE;

  /** Whether nothing that such an event says may be kept, not even to look into it. */
  public boolean isKeptNowhere() {
    return this == ERASED_CHILD || this == NO_CONSENT;
  }

  /** The name in headers, answers and metrics, such as {@code unknown_child}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
