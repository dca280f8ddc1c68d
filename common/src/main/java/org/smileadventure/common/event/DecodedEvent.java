package org.smileadventure.common.event;

/**
 * An event, and its payload as JSON, the form in which it is stored: the fields of the contract as
 * they were received, without those that every event has.
 */
public final class DecodedEvent {
  private final SessionEvent event;
  private final JsonBytes payload;

  DecodedEvent(SessionEvent event, JsonBytes payload) {
    this.event = event;
    this.payload = payload;
  }

  /** An event that was not received but made here. */
  public static DecodedEvent of(SessionEvent event) {
    return new DecodedEvent(event, JsonBytes.of(Json.MAPPER.writeValueAsBytes(event.payload())));
  }

  public SessionEvent event() {
    return event;
  }

  JsonBytes payload() {
    return payload;
  }
}
